using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;

namespace Slipway.Cli.Tests.Commands.Runs;

public sealed class RunsBoardVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;

    public RunsBoardVerbTests() => _runs = new RecordedRuns(_cli);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Board_OfARunThatSharedNothing_SaysSo()
    {
        await _runs.RunAsync("up-1", fails: false);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "board", "up-1"));

        Assert.Equal("The agents of up-1 have shared nothing.\n", _cli.Output);
    }

    [Fact]
    public async Task Board_OfAFinishedRun_ShowsStateGatesAndSignals()
    {
        await ShareAsync();

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "board", "up-1"));

        Assert.StartsWith("up-1  state at version 2, 1 gates, 3 signals\n", _cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^Image_tag +2 +""v2""$", _cli.Output);
        Assert.Matches(@"(?m)^unit +score +0\.9 +tester +\d{4}-", _cli.Output);
        Assert.Matches(@"(?m)^3 +\d{4}-.* found +scanner +all +\{""file_name"":3\}$", _cli.Output);
    }

    [Fact]
    public async Task Board_AsJson_KeepsWhatAgentsWroteAsItIs()
    {
        await ShareAsync();

        await _cli.RunAsync("runs", "board", "up-1", "--signals", "2", "-o", "json");

        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.Equal(3, document.GetProperty("signalCount").GetInt64());
        Assert.Equal([2, 3], document.GetProperty("signals").EnumerateArray().Select(signal => signal.GetProperty("data").GetProperty("file_name").GetInt32()));
        var entry = document.GetProperty("state").GetProperty("entries").GetProperty("Image_tag");
        Assert.Equal(("v2", 2), (entry.GetProperty("value").GetString(), entry.GetProperty("version").GetInt64()));
        var gate = Assert.Single(document.GetProperty("gates").EnumerateArray());
        Assert.Equal(("unit", 0.9, "tester"), (gate.GetProperty("id").GetString(), gate.GetProperty("score").GetDouble(), gate.GetProperty("by").GetString()));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("10001")]
    public async Task Board_NumberOfSignalsThatIsNone_IsWrongUsage(string number)
    {
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("runs", "board", "up-1", "--signals", number));

        Assert.StartsWith("error SLW1001: --signals takes a whole number from 0 to 10000\n", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Board_UnknownRun_NamesIt()
    {
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "board", "up-9"));

        Assert.StartsWith("error SLW1003: there is no run 'up-9'", _cli.Error, StringComparison.Ordinal);
    }

    private Task<RunResult> ShareAsync()
    {
        _cli.Agents.Add("sharer", new DelegateAgent(async (context, _) =>
        {
            for (var number = 1; number <= 3; number++)
            {
                await context.Board.PublishAsync(new SignalDraft(new SignalType("found"), Json($$"""{"file_name":{{number}}}""")) { Sender = "scanner" }, CancellationToken.None);
            }

            await context.Board.UpdateStateAsync(new StateBatch().Set("Image_tag", Json("\"v1\"")));
            await context.Board.UpdateStateAsync(new StateBatch().Set("Image_tag", Json("\"v2\"")));
            await context.Board.UpdateGateAsync("unit", 0.9, "tester");
            return StepOutcome.Success;
        }));
        return _runs.RunAsync(new RunRequest { RunId = "up-1", Plan = new Plan { Name = "share", Steps = [new Step { Id = "one", Agent = "sharer" }] } });
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
