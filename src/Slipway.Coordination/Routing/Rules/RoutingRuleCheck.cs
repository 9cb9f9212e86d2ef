using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>The result of checking or reading rules.</summary>
/// <param name="Rules">The rules; null when there are problems.</param>
/// <param name="Problems">All problems; none when the rules can be used.</param>
public sealed record RoutingRuleCheck(RoutingRuleSet? Rules, IReadOnlyList<Diagnostic> Problems);
