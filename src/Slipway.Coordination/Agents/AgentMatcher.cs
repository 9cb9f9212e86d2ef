namespace Slipway.Coordination.Agents;

/// <summary>
/// Finds who can do a piece of work. An agent that lacks what is required, or has nothing of what is asked for, is no candidate, however
/// idle it is. Only the comparison of capabilities is cached: it changes with registration alone, which voids it; status, load and
/// success rate are looked at each time, so that no answer is ever stale. Safe for use from many threads.
/// </summary>
public sealed class AgentMatcher
{
    private readonly AgentRegistry _registry;
    private readonly MatchOptions _options;
    private readonly CapabilityCache _cache;

    /// <summary>A matcher among the agents of a registry.</summary>
    /// <param name="registry">The agents.</param>
    /// <param name="options">How to match; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public AgentMatcher(AgentRegistry registry, MatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(registry);
        _registry = registry;
        _options = options ?? new MatchOptions();
        MatchOptions.Validate(_options);
        _cache = new CapabilityCache(registry, _options);
    }

    /// <summary>How many comparisons were made anew.</summary>
    internal long Comparisons => _cache.Misses;

    /// <summary>Ranks all agents for a need. Whoever is chosen is not reserved: take a place of its capacity before giving it work.</summary>
    public AgentMatch Match(AgentNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        var compared = _cache.Get(need);
        var scores = new AgentScore[compared.Count];
        for (var i = 0; i < scores.Length; i++) scores[i] = Score(compared[i]);
        Array.Sort(scores, Compare);
        return new AgentMatch(need, scores);
    }

    private AgentScore Score(ComparedAgent compared)
    {
        var agent = compared.Agent;
        var score = new AgentScore(agent, compared.Capability, 1 - agent.Load, agent.Descriptor.Priority / 100d, agent.SuccessRate ?? 0.5, compared.Fit);
        if (compared.Fit is not AgentFit.Fits) return score;
        var fit = agent.Status is not AgentStatus.Active ? AgentFit.NotActive
            : score.Confidence < _options.MinimumConfidence ? AgentFit.BelowFloor
            : agent.Capacity is { IsFull: true } ? AgentFit.AtCapacity
            : AgentFit.Fits;
        return fit is AgentFit.Fits ? score : score with { Fit = fit };
    }

    private static int Compare(AgentScore one, AgentScore other)
    {
        if (one.Fit != other.Fit) return one.Fit.CompareTo(other.Fit);
        var byConfidence = other.Confidence.CompareTo(one.Confidence);
        return byConfidence != 0 ? byConfidence : string.CompareOrdinal(one.Agent.Name, other.Agent.Name);
    }
}
