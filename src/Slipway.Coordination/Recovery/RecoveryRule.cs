using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Recovery;

/// <summary>
/// Which failures call for which strategy. All that is given of <see cref="Codes"/>, <see cref="Kinds"/> and <see cref="Pattern"/> must
/// fit; a rule that gives none of them fits every failure but those that somebody asked for (cancelled) or nobody saw (interrupted).
/// </summary>
public sealed record RecoveryRule
{
    /// <summary>The unique name within its policy, 1 to 100 characters: uses are counted by it.</summary>
    public required string Name { get; init; }

    /// <summary>Which of several fitting rules goes first: 1 to 10, the higher the earlier; among equals, the order of the policy. Default: 5.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>The codes it is for, exactly as in the failure; empty for any. Default: empty.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The kinds it is for; empty for transient, permanent and timeout. Default: empty.</summary>
    public IReadOnlyList<FailureKind> Kinds { get; init; } = [];

    /// <summary>
    /// A .NET regular expression that is found somewhere in the failure's message, regardless of case and culture; null for any message.
    /// One that takes longer than 0.5 s counts as not found. Default: null.
    /// </summary>
    public string? Pattern { get; init; }

    /// <summary>How often it may be used for one step, 1 to 100, so that no rule goes on for ever. Default: 1.</summary>
    public int MaxUses { get; init; } = 1;

    /// <summary>What to do.</summary>
    public required RecoveryStrategy Strategy { get; init; }

    /// <summary>How many decisions for it one step can have: a use of retry is as many as it gives attempts.</summary>
    internal int DecisionLimit => Strategy is RetryRecovery retry ? MaxUses * retry.MaxRetries : MaxUses;
}
