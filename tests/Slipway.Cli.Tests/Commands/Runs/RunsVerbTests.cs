using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Journal;

namespace Slipway.Cli.Tests.Commands.Runs;

public sealed class RunsVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;

    public RunsVerbTests() => _runs = new RecordedRuns(_cli);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task List_WithoutJournal_SaysSo()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "list"));

        Assert.Equal("No runs yet. 'slipway up' makes one.\n", _cli.Output);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show up-1")]
    [InlineData("replay up-1")]
    [InlineData("diff up-1 up-2")]
    [InlineData("resume up-1")]
    [InlineData("cancel up-1")]
    [InlineData("prune --keep 1")]
    [InlineData("rollback up-1")]
    [InlineData("board up-1")]
    public Task Runs_OfAFolderThatIsNotThere_SayThat(string verb) => AssertNoFolderAsync($"runs {verb}");

    [Theory]
    [InlineData("approvals list")]
    [InlineData("approvals approve up-1 --by ann")]
    [InlineData("locks list")]
    [InlineData("locks break x")]
    public Task ApprovalsAndLocks_OfAFolderThatIsNotThere_SayThat(string line) => AssertNoFolderAsync(line);

    [Fact]
    public async Task List_TwoRuns_ShowsBothWithTheirStatus()
    {
        await _runs.RunAsync("up-1", fails: false);
        await _runs.RunAsync("up-2", fails: true);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "list", "-o", "json"));

        var runs = JsonDocument.Parse(_cli.Output).RootElement.GetProperty("runs").EnumerateArray()
            .ToDictionary(run => run.GetProperty("id").GetString()!, run => run.GetProperty("status").GetString());
        Assert.Equal("succeeded", runs["up-1"]);
        Assert.Equal("failed", runs["up-2"]);
    }

    [Fact]
    public async Task Show_ByBeginningOfId_ListsStepsWithTheirCause()
    {
        await _runs.RunAsync("up-2", fails: true);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "show", "up"));

        Assert.Contains("failed   1        ", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("blocked by first", _cli.Output, StringComparison.Ordinal);
        Assert.EndsWith("Next: slipway runs resume up-2\n", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Events_PrintsOneJsonObjectALine()
    {
        await _runs.RunAsync("up-1", fails: false);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "show", "up-1", "--events"));

        var types = _cli.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()).ToList();
        Assert.Equal("run_started", types[0]);
        Assert.Equal("run_finished", types[^1]);
        Assert.All(types, type => Assert.Contains(type, RunEventJson.Types));
    }

    [Fact]
    public async Task Show_UnknownRun_NamesItAndTheFix()
    {
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "show", "nothing"));

        Assert.StartsWith("error SLW1003: there is no run 'nothing'", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_RunWhoseProcessDied_CallsItInterruptedAndTheOthersAsTheyAre()
    {
        await _runs.RunAsync("up-1", fails: false);
        await _runs.LeaveAsync("up-2", RecordedRuns.Started("up-2"), new StepStarted("first", 1));

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "list"));
        var lines = _cli.Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith("up-2  up shop  interrupted  0/2", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("up-1  up shop  succeeded    2/2", StringComparison.Ordinal));

        await _cli.RunAsync("runs", "show", "up-2");
        Assert.StartsWith("up-2  up shop  interrupted  0/2 steps\n", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OneRunCannotBeRead_TellsItAndShowsTheOthers()
    {
        await _runs.RunAsync("up-1", fails: false);
        await _runs.LeaveAsync("up-2", RecordedRuns.Started("up-2"), new StepStarted("nobody", 1));

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "list"));

        Assert.Contains("up-1", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("error SLW5209: the events of run 'up-2' are in no order that a run can have; The run 'up-2' has no step 'nobody'", _cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "show", "up-2"));
        Assert.Contains("SLW5209", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_BeginningOfManyRuns_NamesTheNewest()
    {
        for (var run = 1; run <= 7; run++) await _runs.RunAsync($"up-{run}", fails: false);

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "show", "up"));

        Assert.Equal(
            "error SLW1003: 'up' is the beginning of 7 runs: up-7, up-6, up-5, up-4, up-3, …. Fix: write more of the id\n",
            _cli.Error);
    }

    [Fact]
    public async Task Show_FromAnotherFolder_NamesTheFolderInTheNextCommand()
    {
        await _runs.RunAsync("up-2", fails: true);
        Directory.Move(_cli.PathOf(".slipway"), Directory.CreateDirectory(_cli.PathOf("shop")).FullName + "/.slipway");

        await _cli.RunAsync("runs", "show", "up-2", "--dir", "shop");

        Assert.EndsWith("Next: slipway runs resume up-2 --dir shop\n", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_RunThatFailed_LeavesItAsItIs()
    {
        await _runs.RunAsync("up-2", fails: true);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "cancel", "up-2"));

        Assert.Equal("up-2: failed\n", _cli.Error);
    }

    [Fact]
    public async Task Prune_KeepOne_RemovesTheOlder()
    {
        await _runs.RunAsync("up-1", fails: false);
        await _runs.RunAsync("up-2", fails: false);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "prune", "--keep", "1", "-o", "json"));
        await _cli.RunAsync("runs", "list", "-o", "json");

        Assert.Single(JsonDocument.Parse(_cli.Output).RootElement.GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task Prune_WithoutLimits_IsWrongUsage() => Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("runs", "prune"));

    [Theory]
    [InlineData("3x")]
    [InlineData("d")]
    [InlineData("-1d")]
    [InlineData("36501d")]
    [InlineData("2000000000d")]
    public async Task Prune_AgeThatIsNone_IsWrongUsage(string age)
    {
        Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("runs", "prune", "--older-than", age));

        Assert.StartsWith($"error SLW1001: --older-than takes a number with m, h or d, at most 36500d, not '{age}'", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_OfTheLargestAge_LeavesAll()
    {
        await _runs.RunAsync("up-1", fails: false);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "prune", "--older-than", "36500d"));

        Assert.Equal("0 runs removed, 0 KiB freed.\n", _cli.Output);
    }

    private async Task AssertNoFolderAsync(string line)
    {
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync([.. line.Split(' '), "--dir", "missing"]));

        Assert.EndsWith("missing: error SLW1004: there is no such folder. Fix: name a platform's folder, or make a start with 'slipway init'\n", _cli.Error, StringComparison.Ordinal);
    }
}
