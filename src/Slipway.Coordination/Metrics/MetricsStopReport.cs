using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Metrics;

/// <summary>How the stopping of a collector went.</summary>
/// <param name="Snapshot">What the collector knows at its end.</param>
/// <param name="Problems">One warning for each sink that refused or lost metrics, one when the buffer overflowed, one when alerts were not delivered; empty when nothing was lost.</param>
public sealed record MetricsStopReport(MetricsSnapshot Snapshot, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>Whether everything recorded reached every sink.</summary>
    public bool IsComplete => Problems.Count == 0;
}
