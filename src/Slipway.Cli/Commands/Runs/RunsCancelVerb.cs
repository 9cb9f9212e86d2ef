using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs cancel</c>.</summary>
internal sealed class RunsCancelVerb(Surroundings surroundings) : RunStopVerb(
    "cancel",
    "End a run for good; a process that works on it is asked to stop first",
    "cancelled by 'slipway runs cancel'",
    surroundings,
    "runs cancel up-20261121-101500")
{
    protected override Task<RunResult> StopAsync(RunEngine engine, string runId, string reason, ParseResult arguments, CancellationToken cancellationToken) =>
        engine.CancelAsync(runId, reason, cancellationToken);
}
