using System.Text.Json;
using Slipway.Cli.Hosting;

namespace Slipway.Cli.Tests.Commands.Runs;

public sealed class RunsDiffVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;

    public RunsDiffVerbTests() => _runs = new RecordedRuns(_cli);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Diff_EqualRuns_ExitsWith0AndSaysSo()
    {
        await _runs.RunAsync("up-1", fails: false);
        await _runs.RunAsync("up-2", fails: false);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "diff", "up-1", "up-2", "--detailed-exitcode"));

        Assert.EndsWith("The runs do not differ but in timing.\n", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_RunsThatDiffer_ListsTheDifferences()
    {
        await _runs.RunAsync("up-1", fails: false);
        await _runs.RunAsync("up-2", fails: true);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "diff", "up-1", "up-2"));
        Assert.Contains("\nOutcome:\n  status: succeeded -> failed\n  first state: succeeded -> failed\n", _cli.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Changes, await _cli.RunAsync("runs", "diff", "up-1", "up-2", "--detailed-exitcode", "-o", "json"));
        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.True(document.GetProperty("differs").GetBoolean());
        Assert.Equal("up-2", document.GetProperty("b").GetProperty("run").GetString());
        Assert.Contains(document.GetProperty("outcome").EnumerateArray(), change =>
            change.GetProperty("field").GetString() == "state" && change.GetProperty("step").GetString() == "second" && change.GetProperty("b").GetString() == "blocked");
        Assert.Equal(1, document.GetProperty("timings")[0].GetProperty("orderA").GetInt32());
    }

    [Fact]
    public async Task Diff_TwoUnknownRuns_NamesBoth()
    {
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "diff", "one", "two"));

        Assert.Contains("error SLW1003: there is no run 'one'", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("error SLW1003: there is no run 'two'", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_OneRunOnly_IsWrongUsage() => Assert.Equal(ExitCodes.Usage, await _cli.RunAsync("runs", "diff", "up-1"));
}
