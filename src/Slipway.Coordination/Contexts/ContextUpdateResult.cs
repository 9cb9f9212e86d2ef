using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>Who was told, and who was not.</summary>
/// <param name="Updated">The agents whose packages were updated, in ordinal order.</param>
/// <param name="Refused">Why the others were not, by agent.</param>
/// <param name="Problems">What was wrong with the update as a whole: nobody was told then.</param>
public sealed record ContextUpdateResult(
    IReadOnlyList<string> Updated, IReadOnlyDictionary<string, Diagnostic> Refused, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>True when everybody who was meant was told.</summary>
    public bool IsComplete => Problems.Count == 0 && Refused.Count == 0;
}
