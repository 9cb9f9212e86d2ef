using System.Globalization;

namespace Slipway.Coordination.Routing;

/// <summary>Why a routing went as it did. Texts are built only when asked for.</summary>
public sealed class RoutingExplanation
{
    private readonly bool _isOverBudget;
    private readonly RoutingContext _context;

    internal RoutingExplanation(RoutingContext context, IReadOnlyList<RouterVerdict> routers, RoutingResult result, bool isOverBudget)
    {
        (_context, Routers, Result, _isOverBudget) = (context, routers, result, isOverBudget);
    }

    /// <summary>What was decided.</summary>
    public RoutingResult Result { get; }

    /// <summary>What each router said and what became of it, by priority and then by name.</summary>
    public IReadOnlyList<RouterVerdict> Routers { get; }

    /// <summary>The router that decided; null when none could say anything.</summary>
    public RouterVerdict? Winner
    {
        get
        {
            foreach (var router in Routers)
            {
                if (router.Standing is RouterStanding.Won) return router;
            }

            return null;
        }
    }

    /// <summary>One line of what was decided and why, then one for each router and, below it, each rule that it looked at. Built at each call.</summary>
    public IReadOnlyList<string> Explain()
    {
        var lines = new List<string> { $"{_context.CurrentTask}: {RoutingNames.Of(Result.Decision)}, because {Why()}" };
        foreach (var router in Routers)
        {
            lines.Add(Describe(router));
            foreach (var check in router.Answer?.Checks ?? []) lines.Add($"  {check.Explain()}");
        }

        return lines;
    }

    private string Why()
    {
        if (Winner is not { } winner) return "no router could say anything";
        var ground = winner.Answer!.IsAbstention ? "every router abstained, and its default has the highest score"
            : Routers.Count(router => router.Standing is RouterStanding.Won or RouterStanding.Lost) == 1 ? "it alone had something to say"
            : Routers.Any(router => router.Standing is RouterStanding.Lost && router.Score == winner.Score) ? "it has the highest score together with others, and goes before them by priority, gravity or name"
            : "it has the highest score of those that had something to say";
        var budget = _isOverBudget ? string.Create(CultureInfo.InvariantCulture, $"; its retry became an error, since {_context.RetryCount} of {_context.RetryBudget} retries are used up") : "";
        return $"{winner.Name} says so ({winner.Answer.Result.Reasoning}): {ground}{budget}";
    }

    private static string Describe(RouterVerdict router)
    {
        if (router.Answer is not { } answer) return $"{router.Name} failed and was skipped: {router.Problem}";
        var proposal = string.Create(CultureInfo.InvariantCulture, $"{RoutingNames.Of(answer.Result.Decision)} at {answer.Result.Confidence:0.###} x {router.Priority} = {router.Score:0.###}");
        return router.Standing switch
        {
            RouterStanding.Won => $"{router.Name} won with {proposal}: {answer.Result.Reasoning}",
            RouterStanding.Lost => $"{router.Name} lost with {proposal}: {answer.Result.Reasoning}",
            RouterStanding.Refused => $"{router.Name} was refused {proposal}: no error shows at {answer.Result.EvidenceKey ?? StateSigns.UsualErrorKeys}",
            _ => $"{router.Name} abstained ({proposal} where all do): {answer.Result.Reasoning}",
        };
    }
}
