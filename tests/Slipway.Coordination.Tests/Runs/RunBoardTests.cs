using Slipway.Coordination.Agents;
using Slipway.Coordination.Board;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>What agents of a run share is journaled before anybody sees it, and there again after a restart.</summary>
public sealed class RunBoardTests
{
    private static readonly SignalDraft Found = new(new SignalType("found"), Json("""{"n":1}"""));

    [Fact]
    public async Task Publish_InARun_ReachesSubscribersOnceItIsDurable()
    {
        var test = new TestRun();
        var seen = new List<string>();
        var isDurable = new List<bool>();
        test.With("listen", async (context, token) =>
        {
            await foreach (var signal in context.Board.Subscribe(new SignalSubscriptionOptions { From = SignalStart.Beginning }).WithCancellation(token))
            {
                seen.Add(signal.Id);
                isDurable.Add((await test.EventsAsync()).OfType<SignalPublished>().Any(published => published.Signal.Position == signal.Position));
                if (seen.Count == 3) break;
            }

            return StepOutcome.Success;
        }).With("tell", async (context, _) =>
        {
            for (var i = 0; i < 3; i++) Assert.True((await context.Board.PublishAsync(Found)).IsPublished);
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("listener", "listen"), StepOf("teller", "tell"));

        Assert.True(result.IsSuccess);
        Assert.Equal(["run-1/1", "run-1/2", "run-1/3"], seen);
        Assert.All(isDurable, Assert.True);
    }

    [Fact]
    public async Task Publish_OfAnUnusableSignal_IsRefusedAndNotJournaled()
    {
        var test = new TestRun();
        PublishResult refused = default;
        test.With("tell", async (context, _) =>
        {
            refused = await context.Board.PublishAsync(Found with { Sender = new string('x', 200) });
            return StepOutcome.Success;
        });

        Assert.True((await test.StartAsync(StepOf("a", "tell"))).IsSuccess);
        Assert.False(refused.IsPublished);
        Assert.NotEmpty(refused.Problems);
        Assert.DoesNotContain(await test.EventsAsync(), runEvent => runEvent is SignalPublished);
    }

    [Fact]
    public async Task Update_OfTheState_IsOneVersionForAllAndCompareAndSetDecides()
    {
        var test = new TestRun().With("write", async (context, _) =>
        {
            for (var i = 0; i < 20; i++)
            {
                while (true)
                {
                    var state = context.Board.State;
                    var count = state.TryGet("count", out var value) ? value.GetInt32() : 0;
                    if ((await context.Board.UpdateStateAsync(new StateBatch().Set("count", Json($"{count + 1}")).Expect(state.Version), context.StepId)).IsAccepted) break;
                }
            }

            return StepOutcome.Success;
        });
        string? end = null;
        test.With("read", context =>
        {
            end = context.Board.State.Get("count")!.Value.GetRawText();
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("a", "write"), StepOf("b", "write"), StepOf("c", "write"), StepOf("end", "read", "a", "b", "c"));

        Assert.True(result.IsSuccess);
        Assert.Equal("60", end);
        Assert.Equal(Enumerable.Range(1, 60).Select(version => (long)version), (await test.EventsAsync()).OfType<StateChanged>().Select(changed => changed.Change.Version));
    }

    [Fact]
    public async Task Resume_InAnotherProcess_FindsSignalsStateAndGates()
    {
        using var pause = new CancellationTokenSource();
        var test = new TestRun();
        RunBoard? board = null;
        test.With("work", async (context, token) =>
        {
            board = context.Board;
            if (context.Attempt > 1) return StepOutcome.Success;
            await board.PublishAsync(Found);
            await board.UpdateStateAsync(new StateBatch().Set("k", Json("null")), "a");
            await board.UpdateGateAsync("coverage", 0.9, "a", GateType.Coverage);
            await pause.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return StepOutcome.Success;
        });
        await test.Engine.StartAsync(Id, PlanOf(StepOf("a", "work")), pause.Token);
        var first = board;

        Assert.True((await test.Engine.ResumeAsync(Id)).IsSuccess);

        Assert.NotSame(first, board);
        Assert.Equal("run-1/1", Assert.Single(board!.GetSignals()).Id);
        Assert.Equal((1, true), (board.State.Version, board.State.Has("k")));
        Assert.Single((await test.EventsAsync()).OfType<StateChanged>());
    }

    [Fact]
    public async Task Gate_WaitedForByOneAgent_IsPassedByAnother()
    {
        var test = new TestRun()
            .With("wait", async (context, token) => (await context.Board.WaitForGateAsync("coverage", 0.8, token)).IsPassed ? StepOutcome.Success : StepOutcome.Failed(Permanent))
            .With("score", async (context, _) =>
            {
                Assert.NotNull((await context.Board.UpdateGateAsync("coverage", double.NaN, "b")).Problem);
                Assert.False((await context.Board.UpdateGateAsync("coverage", 0.5, "b")).Evaluation!.IsPassed);
                Assert.True((await context.Board.UpdateGateAsync("coverage", 0.8, "b")).Evaluation!.IsPassed);
                return StepOutcome.Success;
            });

        Assert.True((await test.StartAsync(StepOf("a", "wait"), StepOf("b", "score"))).IsSuccess);
        Assert.Equal([0.5, 0.8], (await test.EventsAsync()).OfType<GateUpdated>().Select(updated => updated.Score));
    }

    [Fact]
    public async Task End_OfTheRun_EndsSubscriptionsFromOutside()
    {
        var go = new TaskCompletionSource();
        var test = new TestRun().With("tell", async (context, _) =>
        {
            await go.Task;
            await context.Board.PublishAsync(Found);
            return StepOutcome.Success;
        });
        var engine = test.Engine;
        var run = engine.StartAsync(Id, PlanOf(StepOf("a", "tell")));
        await test.UntilAsync(() => test.Calls.Count == 1);
        var board = engine.FindBoard(Id)!;
        var subscription = board.Subscribe();
        go.SetResult();
        var seen = 0;
        await foreach (var _ in subscription) seen++;

        Assert.Equal(1, seen);
        Assert.True((await run).IsSuccess);
        await Assert.ThrowsAsync<OperationCanceledException>(() => board.PublishAsync(Found));
        Assert.Null(engine.FindBoard(Id));
    }
}
