namespace Slipway.Coordination.Agents;

/// <summary>Who can do a piece of work.</summary>
/// <param name="Need">What was needed.</param>
/// <param name="Scores">All agents: by fit, then by confidence, then by name.</param>
public sealed record AgentMatch(AgentNeed Need, IReadOnlyList<AgentScore> Scores)
{
    /// <summary>The best agent: one with a free place before one that is at capacity; null when none fits.</summary>
    public RegisteredAgent? Agent => Scores is [{ Fit: AgentFit.Fits or AgentFit.AtCapacity } best, ..] ? best.Agent : null;

    /// <summary>All agents that fit, the best first.</summary>
    public IEnumerable<RegisteredAgent> Fitting => Scores.TakeWhile(score => score.Fit is AgentFit.Fits or AgentFit.AtCapacity).Select(score => score.Agent);

    /// <summary>The best agent below the floor, where none fits; null otherwise.</summary>
    public AgentScore? BestBelowFloor => Agent is null && Scores is [{ Fit: AgentFit.BelowFloor } best, ..] ? best : null;

    /// <summary>One line of who was chosen, and one for each agent. Built at each call.</summary>
    public IReadOnlyList<string> Explain()
    {
        var need = string.Join(" and ", new[] { List("requires", Need.Requires), List("prefers", Need.Prefers) }.Where(part => part.Length > 0));
        return [$"{(need.Length == 0 ? "nothing is needed" : need)}: {Agent?.Name ?? "nobody fits"}", .. Scores.Select(score => score.ToString())];

        static string List(string verb, IReadOnlyList<string> capabilities) => capabilities.Count == 0 ? "" : $"{verb} {string.Join(", ", capabilities)}";
    }
}
