using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Tests.Commands.Runs;

public sealed class RunsRollbackVerbTests : IDisposable
{
    private static readonly Plan Release = new()
    {
        Name = "release shop",
        Steps =
        [
            new Step { Id = "build", Agent = "worker" },
            new Step { Id = "deploy", Agent = "worker", DependsOn = ["build"], Compensation = new CompensationAction { Agent = "undeploy" } },
            new Step { Id = "open", Agent = "worker", DependsOn = ["deploy"], Compensation = new CompensationAction { Agent = "close" } },
        ],
    };

    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;
    private readonly List<string> _undone = [];
    private bool _isBroken;

    public RunsRollbackVerbTests()
    {
        _runs = new RecordedRuns(_cli);
        _cli.Agents.Add("worker", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)));
        _cli.Agents.Add("close", new DelegateAgent((context, _) => Undo(context.StepId)));
        _cli.Agents.Add("undeploy", new DelegateAgent((context, _) => Undo(context.StepId)));
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Rollback_FinishedRun_UndoesNewestFirstAndSaysWhatIsLeft()
    {
        await StartAsync();

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "rollback", "release", "--reason", "the check failed"));

        Assert.Equal(["undo/open", "undo/deploy"], _undone);
        Assert.StartsWith("release-7  release shop  rolled_back\n", _cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^undo/deploy +succeeded", _cli.Output);
        Assert.EndsWith("Left as they are, because they did not say how to undo them: build\n", _cli.Output, StringComparison.Ordinal);
        await using var store = _runs.OpenStore();
        var events = await store.Journal.ReadAsync("release-7", 0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal("the check failed", events.Select(entry => entry.Event).OfType<RollbackStarted>().Single().Reason);
    }

    [Fact]
    public async Task Rollback_AsJson_NamesTheRunThatUndidIt()
    {
        await StartAsync();

        await _cli.RunAsync("runs", "rollback", "release-7", "-o", "json");

        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.Equal("rolled_back", document.GetProperty("status").GetString());
        Assert.Equal("release-7/rollback/1", document.GetProperty("rollback").GetString());
        Assert.Equal(["succeeded", "succeeded"], document.GetProperty("undo").EnumerateArray().Select(step => step.GetProperty("state").GetString()));
        Assert.Equal("build", Assert.Single(document.GetProperty("leftAlone").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Rollback_DryRun_ShowsThePlanAndUndoesNothing()
    {
        await StartAsync();

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "rollback", "release-7", "--dry-run"));
        Assert.Matches(@"(?m)^deploy +undeploy +open$", _cli.Output);

        await _cli.RunAsync("runs", "rollback", "release-7", "--dry-run", "-o", "json");
        var undo = JsonDocument.Parse(_cli.Output).RootElement.GetProperty("undo")[0];
        Assert.Equal(("undo/deploy", "deploy", "undeploy"), (undo.GetProperty("id").GetString(), undo.GetProperty("undoes").GetString(), undo.GetProperty("agent").GetString()));
        Assert.Equal("undo/open", undo.GetProperty("after")[0].GetString());
        Assert.Empty(_undone);
        await _cli.RunAsync("runs", "show", "release-7");
        Assert.Contains("Can be undone: 2 of the 3 steps that began, with 'slipway runs rollback'", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_WhereAnUndoFails_ExitsWith1AndGoesOnWhenCalledAgain()
    {
        await StartAsync();
        _isBroken = true;

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "rollback", "release-7"));
        Assert.StartsWith("release-7  release shop  rollback_failed\n", _cli.Output, StringComparison.Ordinal);
        Assert.EndsWith("Next: slipway runs rollback release-7\n", _cli.Output, StringComparison.Ordinal);
        await _cli.RunAsync("runs", "show", "release-7");
        Assert.Contains("\nundone by release-7/rollback/1\n", _cli.Output, StringComparison.Ordinal);
        Assert.EndsWith("Next: slipway runs rollback release-7\n", _cli.Output, StringComparison.Ordinal);
        _isBroken = false;

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "rollback", "release-7"));
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "rollback", "release-7"));
        Assert.Equal(1, _undone.Count(id => id == "undo/deploy"));
    }

    [Fact]
    public async Task Rollback_OfWhatNobodyCanUndo_IsRefused()
    {
        await _runs.RunAsync("up-1", fails: false);

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "rollback", "up-1"));

        Assert.StartsWith("error SLW1023: nothing that run 'up-1' did can be undone; none of its steps that began said how. Fix: ", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_ByAgentsThatAreNotHere_IsRefusedBeforeAnythingIsWritten()
    {
        await StartAsync();
        _cli.Agents.Remove("close");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("runs", "rollback", "release-7"));

        Assert.Contains("error SLW5004", _cli.Error, StringComparison.Ordinal);
        await _cli.RunAsync("runs", "list", "-o", "json");
        Assert.Equal("succeeded", Assert.Single(JsonDocument.Parse(_cli.Output).RootElement.GetProperty("runs").EnumerateArray()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Rollback_OfARunUnderWayElsewhere_ExitsWith5()
    {
        await StartAsync();
        await using var store = _runs.OpenStore();
        await store.Journal.TryAcquireAsync("release-7", "another host/7", TimeSpan.FromHours(1), TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.LockHeld, await _cli.RunAsync("runs", "rollback", "release-7"));

        Assert.Contains("error SLW5112", _cli.Error, StringComparison.Ordinal);
    }

    private Task<RunResult> StartAsync() => _runs.RunAsync(new RunRequest { RunId = "release-7", Plan = Release });

    private ValueTask<StepOutcome> Undo(string stepId)
    {
        lock (_undone) _undone.Add(stepId);
        return ValueTask.FromResult(_isBroken && stepId == "undo/open"
            ? StepOutcome.Failed(new Failure { Code = "test", Kind = FailureKind.Permanent, Message = "it is stuck" })
            : StepOutcome.Success);
    }
}
