using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs pause</c>.</summary>
internal sealed class RunsPauseVerb : RunStopVerb
{
    private readonly Option<bool> _now = new("--now") { Description = "Ask what is under way to stop, instead of waiting for its end; it is begun anew when the run goes on" };

    public RunsPauseVerb(Surroundings surroundings)
        : base(
            "pause",
            "Let a run begin nothing more, in whichever process it is; 'runs resume' goes on with it",
            "paused by 'slipway runs pause'",
            surroundings,
            "runs pause up-20261121-101500",
            "runs pause up-20261121-101500 --now --reason \"maintenance\"") => Add(_now);

    protected override Task<RunResult> StopAsync(RunEngine engine, string runId, string reason, ParseResult arguments, CancellationToken cancellationToken) =>
        engine.PauseAsync(runId, arguments.GetValue(_now) ? PauseMode.Stop : PauseMode.Drain, reason, cancellationToken);
}
