using Slipway.Coordination.Routing.Rules;

namespace Slipway.Coordination.Routing;

/// <summary>What one router says to a state. A router with nothing to say abstains, so that it outvotes nobody.</summary>
public sealed class RouterAnswer
{
    private RouterAnswer(RoutingResult result, bool isAbstention, IReadOnlyList<RuleCheck> checks)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(checks);
        (Result, IsAbstention, Checks) = (result, isAbstention, checks);
    }

    /// <summary>The proposal, or what holds where everybody abstains.</summary>
    public RoutingResult Result { get; }

    /// <summary>True when nothing that the router looks for was there.</summary>
    public bool IsAbstention { get; }

    /// <summary>What came of each rule that was looked at, where the router goes by rules.</summary>
    public IReadOnlyList<RuleCheck> Checks { get; }

    /// <summary>A proposal: what the router looks for is there.</summary>
    /// <param name="result">The proposal.</param>
    /// <param name="checks">What came of each rule that was looked at; null for none.</param>
    public static RouterAnswer Propose(RoutingResult result, IReadOnlyList<RuleCheck>? checks = null) => new(result, isAbstention: false, checks ?? []);

    /// <summary>An abstention: nothing that the router looks for is there.</summary>
    /// <param name="result">What holds where everybody abstains.</param>
    /// <param name="checks">What came of each rule that was looked at; null for none.</param>
    public static RouterAnswer Abstain(RoutingResult result, IReadOnlyList<RuleCheck>? checks = null) => new(result, isAbstention: true, checks ?? []);
}
