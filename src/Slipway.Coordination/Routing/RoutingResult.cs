namespace Slipway.Coordination.Routing;

/// <summary>A decision with its grounds: what one router proposes, and what all together decide.</summary>
public sealed record RoutingResult
{
    private static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>();

    /// <summary>Where to go.</summary>
    public required RoutingDecision Decision
    {
        get;
        init => field = value is >= RoutingDecision.Error and <= RoutingDecision.Continue ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Not a decision.");
    }

    /// <summary>How sure the router is, 0 to 1.</summary>
    public required double Confidence
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A confidence is 0 to 1.");
    }

    /// <summary>Why, in one sentence without a full stop.</summary>
    public required string Reasoning { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }

    /// <summary>What kind of router decided.</summary>
    public required RoutingStrategy Strategy
    {
        get;
        init => field = value is >= RoutingStrategy.Conditional and <= RoutingStrategy.Priority ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Not a strategy.");
    }

    /// <summary>The task to go to; null when the decision names none. Default: null.</summary>
    public string? NextTask { get; init; }

    /// <summary>The tasks that can go at once, where the decision is to go parallel. Default: none.</summary>
    public IReadOnlyList<string> ParallelTasks { get; init; } = [];

    /// <summary>Where in the state the error shows that a retry answers, written like a rule's key; null for the usual keys. Default: null.</summary>
    public string? EvidenceKey { get; init; }

    /// <summary>What else there is to know, such as <c>rule_id</c>. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = NoMetadata;
}
