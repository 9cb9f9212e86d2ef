using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>A step waits for a person, through restarts, and goes on as the person decided.</summary>
public sealed class ApprovalTests
{
    private const string QuestionId = "run-1/deploy/1";
    private static readonly ApprovalPolicy Policy = new() { Question = "Deploy to production?", Approvers = ["ops"] };
    private static readonly ApprovalDecision Yes = new() { IsApproved = true, By = "ann", Groups = ["ops"], Note = "looks right" };

    private readonly TestRun _test;
    private readonly InMemoryApprovalStore _store;

    public ApprovalTests()
    {
        _test = new TestRun();
        _store = new InMemoryApprovalStore(_test.Clock);
    }

    [Fact]
    public async Task Approved_StepWithAPolicy_RunsOnlyThen()
    {
        var run = Engine().StartAsync(Id, PlanOf(StepOf("build"), StepOf("deploy", "ok", "build") with { Approval = Policy }, StepOf("other")));
        await AskedAsync();
        await UntilSettledAsync("other");
        Assert.Equal(StepState.Ready, (await LoadAsync())["deploy"].State);

        Assert.Equal(DecisionResult.Accepted, (await _store.DecideAsync(QuestionId, Yes)).Result);

        Assert.True((await run).IsSuccess);
        var events = await _test.EventsAsync();
        Assert.Equal(
            ["approval_requested", "approval_decided", "step_started", "step_succeeded"],
            events.OfType<StepEvent>().Where(one => one.StepId == "deploy").Select(one => one.Type));
        Assert.Equal("looks right", events.OfType<ApprovalDecided>().Single().Decision!.Note);
    }

    [Fact]
    public async Task Rejected_Step_FailsWithTheNoteAndBlocksWhatFollows()
    {
        var run = Engine().StartAsync(Id, PlanOf(StepOf("deploy") with { Approval = Policy }, StepOf("after", "ok", "deploy")));
        await AskedAsync();
        await _store.DecideAsync(QuestionId, Yes with { IsApproved = false });

        var result = await run;

        Assert.Equal(("SLW5118", "ann said no", "looks right"), (result.Run!["deploy"].Failure!.Code, result.Run["deploy"].Failure!.Message, result.Run["deploy"].Failure!.Detail));
        Assert.Equal((StepState.Blocked, "deploy"), (result.Run["after"].State, result.Run["after"].Cause));
        Assert.Equal(0, result.Run["deploy"].Attempt);
    }

    [Fact]
    public async Task Resume_AfterARejection_AsksAgain()
    {
        var run = Engine().StartAsync(Id, PlanOf(StepOf("deploy") with { Approval = Policy }));
        await AskedAsync();
        await _store.DecideAsync(QuestionId, Yes with { IsApproved = false });
        await run;

        var resumed = Engine().ResumeAsync(Id);
        await AskedAsync("run-1/deploy/2");
        await _store.DecideAsync("run-1/deploy/2", Yes);

        Assert.True((await resumed).IsSuccess);
    }

    [Fact]
    public async Task Decide_BySomebodyWhoMayNot_ChangesNothing()
    {
        var run = Engine().StartAsync(Id, PlanOf(StepOf("deploy") with { Approval = Policy }));
        await AskedAsync();

        Assert.Equal(DecisionResult.NotAllowed, (await _store.DecideAsync(QuestionId, Yes with { Groups = ["dev"] })).Result);
        Assert.Equal(DecisionResult.Accepted, (await _store.DecideAsync(QuestionId, Yes)).Result);
        Assert.Equal(DecisionResult.NotPending, (await _store.DecideAsync(QuestionId, Yes with { IsApproved = false })).Result);
        Assert.True((await run).IsSuccess);
    }

    [Fact]
    public async Task Expired_Question_TimesTheStepOut()
    {
        var run = Engine().StartAsync(Id, PlanOf(StepOf("deploy") with { Approval = Policy with { Expiry = TimeSpan.FromMinutes(5) } }));
        await AskedAsync();

        var result = await _test.RushAsync(run);

        Assert.Equal((StepState.TimedOut, "SLW5118"), (result.Run!["deploy"].State, result.Run["deploy"].Failure!.Code));
    }

    [Fact]
    public async Task Pause_WhileAPersonIsAsked_GoesOnWithWhatWasDecidedMeanwhile()
    {
        using var pause = new CancellationTokenSource();
        var run = Engine().StartAsync(Id, PlanOf(StepOf("deploy") with { Approval = Policy }), pause.Token);
        await AskedAsync();
        await pause.CancelAsync();
        Assert.Equal(RunStatus.Paused, (await run).Status);
        await _store.DecideAsync(QuestionId, Yes);

        Assert.True((await Engine().ResumeAsync(Id)).IsSuccess);
        Assert.Single((await _test.EventsAsync()).OfType<ApprovalRequested>());
    }

    [Fact]
    public async Task ApprovalWait_Pause_EndsTheRunPausedWhenOnlyPeopleAreLeft()
    {
        var engine = Engine(ApprovalWait.Pause);
        var plan = PlanOf(StepOf("a"), StepOf("deploy") with { Approval = Policy });

        var first = await engine.StartAsync(Id, plan);
        Assert.Equal((RunStatus.Paused, StepState.Succeeded), (first.Status, first.Run!["a"].State));
        Assert.Equal("deploy waits: Deploy to production?", (await _test.EventsAsync()).OfType<RunPaused>().Single().Reason);
        Assert.Equal(RunStatus.Paused, (await engine.ResumeAsync(Id)).Status);
        await _store.DecideAsync(QuestionId, Yes);

        Assert.True((await engine.ResumeAsync(Id)).IsSuccess);
    }

    [Fact]
    public async Task Question_OfAnAgent_IsAnsweredInTheNextAttempt()
    {
        var answers = new ConcurrentQueue<string?>();
        _test.With("ask", context =>
        {
            if (context.Decision is { } decision) answers.Enqueue(decision.Answer.GetString());
            return context.Decision is null ? StepOutcome.NeedsApproval(new ApprovalPolicy { Question = "Which region?" }, Json("""["a","b"]""")) : StepOutcome.Success;
        });
        var run = Engine().StartAsync(Id, PlanOf(StepOf("deploy", "ask") with { Modifies = ["x"] }));
        await AskedAsync();
        Assert.False((await LoadAsync())["deploy"].IsHoldingLocks);

        await _store.DecideAsync(QuestionId, new ApprovalDecision { IsApproved = true, By = "bob", Answer = Json("\"b\"") });

        var result = await run;
        Assert.True(result.IsSuccess);
        Assert.Equal(2, result.Run!["deploy"].Attempt);
        Assert.Equal(["b"], answers);
    }

    [Fact]
    public async Task Cancel_WhileAPersonIsAsked_WithdrawsTheQuestion()
    {
        var engine = Engine();
        var run = engine.StartAsync(Id, PlanOf(StepOf("deploy") with { Approval = Policy }));
        await AskedAsync();

        Assert.Equal(RunStatus.Cancelled, (await engine.CancelAsync(Id, "not today")).Status);
        await run;
        Assert.Equal(ApprovalStatus.Withdrawn, (await _store.FindAsync(QuestionId))!.Status);
    }

    [Fact]
    public async Task Halt_WhileAPersonIsAsked_EndsTheRun()
    {
        var fail = new TaskCompletionSource<StepOutcome>();
        _test.With("fail", (_, _) => new ValueTask<StepOutcome>(fail.Task));
        var run = Engine().StartAsync(Id, PlanOf(StepOf("deploy") with { Approval = Policy }, StepOf("x", "fail") with { Criticality = Criticality.Critical }));
        await AskedAsync();
        fail.SetResult(StepOutcome.Failed(Permanent));

        Assert.Equal(RunStatus.Failed, (await run).Status);
        Assert.Equal(ApprovalStatus.Withdrawn, (await _store.FindAsync(QuestionId))!.Status);
    }

    private RunEngine Engine(ApprovalWait wait = ApprovalWait.Wait) =>
        new(_test.Journal, _test.Agents, _test.Options with { Approvals = _store, ApprovalWait = wait });

    private async Task<RunProjection> LoadAsync() => (await RunProjection.LoadAsync(_test.Journal, Id))!;

    private async Task AskedAsync(string id = QuestionId)
    {
        while (await _store.FindAsync(id) is null) await Task.Yield();
    }

    private async Task UntilSettledAsync(string step)
    {
        while (!(await LoadAsync())[step].IsSettled) await Task.Yield();
    }

    /// <summary>Who hears of a question may decide it at once: the store has it by then, and what follows is heard after it.</summary>
    [Fact]
    public async Task Approval_ObserverDecidesWhenItHears_IsDecided()
    {
        var inner = new InMemoryApprovalStore(TimeProvider.System);
        var slow = new SlowApprovals(inner);
        var heard = new List<string>();
        var results = new List<Task<(DecisionResult Result, Approval? Approval)>>();
        var observer = new RecordingObserver(entry =>
        {
            heard.Add(entry.Event.Type);
            if (entry.Event is ApprovalRequested question) results.Add(inner.DecideAsync(question.ApprovalId, new ApprovalDecision { IsApproved = true, By = "ann" }).AsTask());
        });
        var test = new TestRun(new RunOptions { Approvals = slow, Observers = [observer] });

        var result = await test.StartAsync(StepOf("other"), StepOf("asked") with { Approval = new ApprovalPolicy { Question = "Go on?" } });

        Assert.True(result.IsSuccess);
        Assert.Equal(DecisionResult.Accepted, (await Assert.Single(results)).Result);
        Assert.Equal((await test.EventsAsync()).Select(one => one.Type), heard);
    }

    /// <summary>A store that takes its time.</summary>
    private sealed class SlowApprovals(InMemoryApprovalStore inner) : IApprovalStore
    {
        public async ValueTask<Approval> RequestAsync(ApprovalRequest request, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < 1000; i++) await Task.Yield();
            return await inner.RequestAsync(request, cancellationToken);
        }

        public ValueTask<(DecisionResult Result, Approval? Approval)> DecideAsync(string approvalId, ApprovalDecision decision, CancellationToken cancellationToken = default) =>
            inner.DecideAsync(approvalId, decision, cancellationToken);

        public ValueTask WithdrawAsync(string approvalId, CancellationToken cancellationToken = default) => inner.WithdrawAsync(approvalId, cancellationToken);

        public ValueTask<Approval?> FindAsync(string approvalId, CancellationToken cancellationToken = default) => inner.FindAsync(approvalId, cancellationToken);

        public ValueTask<Approval> WaitAsync(string approvalId, CancellationToken cancellationToken = default) => inner.WaitAsync(approvalId, cancellationToken);

        public IAsyncEnumerable<Approval> ListAsync(string? runId = null, ApprovalStatus? status = null, CancellationToken cancellationToken = default) =>
            inner.ListAsync(runId, status, cancellationToken);

        public ValueTask<int> RemoveRunAsync(string runId, CancellationToken cancellationToken = default) => inner.RemoveRunAsync(runId, cancellationToken);
    }
}
