using System.Text.Json;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Tests.Commands.Runs;

public sealed class RunsReplayVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;

    public RunsReplayVerbTests() => _runs = new RecordedRuns(_cli);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Replay_WholeRun_ShowsEachEventWithWhatItChanged()
    {
        await _runs.RunAsync("up-1", fails: true);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "replay", "up-1"));

        var lines = _cli.Output.TrimEnd('\n').Split('\n');
        Assert.Matches(@"^SEQ +AT \(UTC\) +EVENT +STEP +CHANGED$", lines[0]);
        Assert.Matches(@"^1 +\d\d:\d\d:\d\d\.\d{3} +run_started +status: - -> running, steps: 0 -> 2, open_steps: 0 -> 2$", lines[1]);
        Assert.Contains(lines, line => line.Contains("step_failed", StringComparison.Ordinal) && line.Contains("state: running -> failed, failure.code: - -> SLW1005", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("step_blocked", StringComparison.Ordinal) && line.EndsWith("state: pending -> blocked, cause: - -> first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replay_OneStepAsJson_HasOnlyItsEvents()
    {
        await _runs.RunAsync("up-1", fails: false);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "replay", "up", "--step", "second", "-o", "json"));

        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.Equal("up-1", document.GetProperty("run").GetString());
        var events = document.GetProperty("events").EnumerateArray().ToList();
        Assert.All(events, entry => Assert.Equal("second", entry.GetProperty("step").GetString()));
        var last = events[^1].GetProperty("changes").EnumerateArray().First(change => change.GetProperty("field").GetString() == "state");
        Assert.Equal(("running", "succeeded"), (last.GetProperty("before").GetString(), last.GetProperty("after").GetString()));
    }

    [Fact]
    public async Task Replay_AtAnEvent_ShowsTheRunAsItWas()
    {
        await _runs.RunAsync("up-1", fails: false);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "replay", "up-1", "--at", "2"));

        Assert.StartsWith("up-1  up shop  running  0/2 steps", _cli.Output, StringComparison.Ordinal);
        Assert.Contains(": step_started first\n  state: pending -> running\n  attempt: 0 -> 1\n", _cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^second +pending$", _cli.Output);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "replay", "up-1", "--at", "2", "-o", "json"));
        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.Equal("running", document.GetProperty("status").GetString());
        Assert.Equal(2, document.GetProperty("event").GetProperty("seq").GetInt64());
        Assert.Equal(["running", "pending"], document.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData("--at 99", "error SLW5150: run 'up-1' has no event 99. Fix: use 1 to ")]
    [InlineData("--at 0", "error SLW5150: run 'up-1' has no event 0. Fix: use 1 to ")]
    [InlineData("--step secnd", "error SLW5151: run 'up-1' has no step 'secnd'. Fix: did you mean 'second'?")]
    [InlineData("--step other-thing", "error SLW5151: run 'up-1' has no step 'other-thing'. Fix: see 'slipway runs show up-1'")]
    public async Task Replay_OfWhatIsNotThere_SaysSo(string options, string expected)
    {
        await _runs.RunAsync("up-1", fails: false);

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync(["runs", "replay", "up-1", .. options.Split(' ')]));

        Assert.StartsWith(expected, _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_EventAndStepTogether_IsWrongUsage() =>
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("runs", "replay", "up-1", "--at", "2", "--step", "first"));

    [Fact]
    public async Task Replay_RunThatCannotBeRead_TellsIt()
    {
        await _runs.LeaveAsync("up-2", RecordedRuns.Started("up-2"), new Coordination.Journal.StepStarted("nobody", 1));

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "replay", "up-2"));

        Assert.Contains("error SLW5209: the events of run 'up-2' are in no order that a run can have", _cli.Error, StringComparison.Ordinal);
    }
}
