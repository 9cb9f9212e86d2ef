using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>What became of a request to run.</summary>
/// <param name="Run">The run as it stands in the journal; null when the request was refused before anything was written, or the journal cannot be read.</param>
/// <param name="Problems">
/// Why the request was refused or the run stopped without an end: <c>SLW50xx</c> the plan cannot run, <c>SLW5110</c> the run exists,
/// <c>SLW5111</c> there is no such run, <c>SLW5112</c> another process runs it, <c>SLW5113</c> the lease was lost, <c>SLW5114</c> the
/// journal failed. None when the run came to an end or was paused.
/// </param>
public sealed record RunResult(RunProjection? Run, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>How the run stands; null when there is none.</summary>
    public RunStatus? Status => Run?.Status;

    /// <summary>True when every step succeeded or was skipped.</summary>
    public bool IsSuccess => Problems.Count == 0 && Status is RunStatus.Succeeded;
}
