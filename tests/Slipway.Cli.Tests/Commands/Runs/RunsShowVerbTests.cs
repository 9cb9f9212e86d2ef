using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Tests.Commands.Runs;

/// <summary>What a run waits for, holds and has below it is seen where the run is.</summary>
public sealed class RunsShowVerbTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly RecordedRuns _runs;

    public RunsShowVerbTests() => _runs = new RecordedRuns(_cli);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Show_OrdinaryRun_SaysNothingMoreThanItsSteps()
    {
        await _runs.RunAsync("up-1", fails: false);

        await _cli.RunAsync("runs", "show", "up-1");

        Assert.Matches(@"^up-1  up shop  succeeded  2/2 steps  [^\n]*\n\nSTEP .*\nfirst .*\nsecond .*\n$", _cli.Output);
    }

    [Fact]
    public async Task Show_RunThatWaitsForAPerson_ShowsTheQuestionAndTheNextStep()
    {
        await AskAsync();

        await _cli.RunAsync("runs", "show", "release");

        Assert.Matches(@"(?m)^waits for 1 approval\npriority 80\ndeadline \d{4}-.* UTC$", _cli.Output);
        Assert.Matches(@"(?m)^release/deploy/1 +pending .* ann +Deploy\?$", _cli.Output);
        Assert.EndsWith("\nNext: slipway approvals show release/deploy/1\n", _cli.Output, StringComparison.Ordinal);

        await _cli.RunAsync("runs", "show", "release", "-o", "json");
        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.Equal(80, document.GetProperty("priority").GetInt32());
        Assert.Equal("release/deploy/1", Assert.Single(document.GetProperty("approvals").EnumerateArray()).GetProperty("id").GetString());
        Assert.Empty(document.GetProperty("locks").EnumerateArray());
        Assert.Equal("Deploy?", document.GetProperty("steps")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task List_Runs_NotesWhatIsOutOfTheOrdinary()
    {
        await AskAsync();
        await _runs.RunAsync("up-1", fails: false);

        await _cli.RunAsync("runs", "list");
        Assert.Matches(@"(?m)^release .* waits for 1 approval, priority 80, deadline \d{4}-.* UTC$", _cli.Output);
        Assert.Matches(@"(?m)^up-1 .* ms$", _cli.Output);

        await _cli.RunAsync("runs", "list", "-o", "json");
        var runs = JsonDocument.Parse(_cli.Output).RootElement.GetProperty("runs").EnumerateArray().ToDictionary(run => run.GetProperty("id").GetString()!);
        Assert.Equal((1, 0), (runs["release"].GetProperty("pendingApprovals").GetInt32(), runs["up-1"].GetProperty("pendingApprovals").GetInt32()));
        Assert.Equal(JsonValueKind.String, runs["release"].GetProperty("deadline").ValueKind);
        Assert.False(runs["up-1"].TryGetProperty("deadline", out _));
    }

    [Fact]
    public async Task List_RunThatWasSubmitted_WaitsForAHost()
    {
        await using (var store = _runs.OpenStore())
        {
            await new RunEngine(store.Journal, _cli.Agents).SubmitAsync(new RunRequest { RunId = "release", Plan = RecordedRuns.Started("release").Plan });
        }

        await _cli.RunAsync("runs", "list");
        Assert.Matches(@"(?m)^release +up shop +waiting +0/2 ", _cli.Output);

        await _cli.RunAsync("runs", "list", "-o", "json");
        Assert.True(JsonDocument.Parse(_cli.Output).RootElement.GetProperty("runs")[0].GetProperty("released").GetBoolean());
    }

    [Fact]
    public async Task Show_RunThatHoldsLocks_ListsThem()
    {
        await _runs.LeaveAsync("up-1", RecordedRuns.Started("up-1"), new StepStarted("first", 1));
        await using (var store = _runs.OpenStore())
        {
            var request = new LockRequest { RunId = "up-1", StepId = "first", Owner = "host/7", Resources = ["k8s:prod/api"], Duration = TimeSpan.FromHours(1) };
            await store.Locks.AcquireAsync(request, onBlocked: null, TestContext.Current.CancellationToken);
            await store.Locks.AcquireAsync(request with { RunId = "up-2", Resources = ["other"] }, onBlocked: null, TestContext.Current.CancellationToken);
        }

        await _cli.RunAsync("runs", "show", "up-1");
        Assert.Contains("\nholds 1 lock\n", _cli.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^k8s:prod/api +up-1 +first ", _cli.Output);
        Assert.DoesNotContain("other", _cli.Output, StringComparison.Ordinal);

        await _cli.RunAsync("runs", "list", "-o", "json");
        Assert.Equal(1, JsonDocument.Parse(_cli.Output).RootElement.GetProperty("runs")[0].GetProperty("heldLocks").GetInt32());
    }

    [Fact]
    public async Task Show_RunWithOneBelow_NamesItAndThatNamesItsStep()
    {
        _cli.Agents.Add("worker", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)));
        _cli.Agents.Add("nested", new DelegateAgent(async (context, token) =>
        {
            await context.RunSubPlanAsync("small", new Plan { Name = "small", Steps = [new Step { Id = "one", Agent = "worker" }] }, token);
            return StepOutcome.Success;
        }));
        await _runs.RunAsync(new RunRequest { RunId = "up-1", Plan = new Plan { Name = "big", Steps = [new Step { Id = "outer", Agent = "nested" }] } });

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("runs", "show", "up"));
        Assert.Matches(@"(?m)^outer +up-1/outer/small$", _cli.Output);

        await _cli.RunAsync("runs", "show", "up-1/outer/small", "-o", "json");
        var parent = JsonDocument.Parse(_cli.Output).RootElement.GetProperty("parent");
        Assert.Equal(("up-1", "outer"), (parent.GetProperty("run").GetString(), parent.GetProperty("step").GetString()));
    }

    private Task<RunResult> AskAsync()
    {
        _cli.Agents.Add("worker", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)));
        var step = new Step { Id = "deploy", Agent = "worker", Approval = new ApprovalPolicy { Question = "Deploy?", Approvers = ["ann"] } };
        return _runs.RunAsync(
            new RunRequest { RunId = "release", Plan = new Plan { Name = "release shop", Steps = [step] }, Priority = 80, Deadline = TimeSpan.FromDays(1) },
            new RunOptions { ApprovalWait = ApprovalWait.Pause });
    }
}
