using System.CommandLine;
using System.Globalization;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Cli.Views.Runs;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Replay;
using Slipway.Documents.Reading;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs replay</c>.</summary>
internal sealed class RunsReplayVerb : Verb
{
    public RunsReplayVerb(Surroundings surroundings)
        : base(
            "replay",
            "Walk through a run event by event: what each changed, or how the run stood at one",
            surroundings,
            "runs replay up-20261121-101500",
            "runs replay up-20261121-101500 --at 42",
            "runs replay up-20261121-101500 --step deployments/api-gateway -o json")
    {
        var name = CommonOptions.Run();
        var at = new Option<long?>("--at") { Description = "The run as it was right after this event, counted from 1", HelpName = "n" };
        var step = new Option<string?>("--step") { Description = "Only the events of this step", HelpName = "id" };
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(name);
        Add(at);
        Add(step);
        Add(directory);
        Add(format);
        Validators.Add(result =>
        {
            if (result.GetResult(at) is not null && result.GetResult(step) is not null) result.AddError("--at and --step cannot stand together: an event has a number, a step has several");
        });
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var (replay, problem) = await KnownRuns.FindReplayAsync(store?.Journal, arguments.GetRequiredValue(name), cancellationToken);
            if (replay is not null) problem = Show(output, replay, arguments.GetValue(at), arguments.GetValue(step));
            if (problem is null) return ExitCodes.Done;
            output.Tell([problem]);
            return ExitCodes.Error;
        });
    }

    private static Diagnostic? Show(Output output, RunReplay replay, long? at, string? step)
    {
        if (at is { } sequence && (sequence < 1 || sequence > replay.Length)) return NoSuchEvent(replay, sequence);
        if (step is not null && replay.Run.Find(step) is null) return NoSuchStep(replay, step);
        if (at is { } place)
        {
            replay.MoveTo(place);
            output.Write(new ReplayMomentView(replay));
            return null;
        }

        output.Write(new ReplayView(replay, step is null ? Enumerable.Range(1, (int)replay.Length).Select(number => (long)number) : replay.EventsOf(step)));
        return null;
    }

    private static Diagnostic NoSuchEvent(RunReplay replay, long sequence) => new()
    {
        Code = "SLW5150",
        Summary = string.Create(CultureInfo.InvariantCulture, $"run '{replay.RunId}' has no event {sequence}"),
        Fix = string.Create(CultureInfo.InvariantCulture, $"use 1 to {replay.Length}"),
    };

    private static Diagnostic NoSuchStep(RunReplay replay, string step) => new()
    {
        Code = "SLW5151",
        Summary = $"run '{replay.RunId}' has no step '{step}'",
        Fix = Suggestion.Closest(step, replay.Run.Steps.Select(known => known.Step.Id)) is { } close ? $"did you mean '{close}'?" : $"see 'slipway runs show {replay.RunId}'",
    };
}
