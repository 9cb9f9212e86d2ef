using System.Collections.Concurrent;
using System.Threading.Channels;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Hosting;

/// <summary>A journal, a clock and agents for hosts: <c>ok</c> succeeds at once, <c>slow</c> waits until it is let go, or stopped.</summary>
internal sealed class HostTest
{
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<(DateTimeOffset At, int Running)> _rests = Channel.CreateUnbounded<(DateTimeOffset, int)>();

    public HostTest(Func<IRunJournal, IRunJournal>? around = null)
    {
        Memory = new InMemoryJournal(Clock);
        Journal = around?.Invoke(Memory) ?? Memory;
        Agents.Add("ok", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success), isInline: true));
        Agents.Add("slow", new DelegateAgent(async (context, token) =>
        {
            Begun.Enqueue($"{context.RunId} {context.Attempt}");
            await _letGo.Task.WaitAsync(token);
            return StepOutcome.Success;
        }));
    }

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryJournal Memory { get; }

    public IRunJournal Journal { get; }

    public AgentRegistry Agents { get; } = [];

    public RecordingLoggerFactory Log { get; } = new();

    /// <summary>The attempts at slow steps, each as its run and its number.</summary>
    public ConcurrentQueue<string> Begun { get; } = new();

    public RunOptions Options => new() { Time = Clock, LeaseDuration = TimeSpan.FromSeconds(30), Logger = Log };

    public RunEngine Engine() => new(Journal, Agents, Options);

    public RunHost Host(int maxConcurrentRuns = 50) => Host(Engine(), maxConcurrentRuns);

    public RunHost Host(RunEngine engine, int maxConcurrentRuns = 50) => new(engine, new RunHostOptions { MaxConcurrentRuns = maxConcurrentRuns })
    {
        OnResting = running => _rests.Writer.TryWrite((Clock.GetUtcNow(), running)),
    };

    public static Plan PlanOf(string agent) => new() { Name = "test", Steps = [new Step { Id = "a", Agent = agent }] };

    public async Task SubmitAsync(string runId, string agent = "ok", int priority = 50)
    {
        var result = await Engine().SubmitAsync(new RunRequest { RunId = runId, Plan = PlanOf(agent), Priority = priority });
        Assert.Empty(result.Problems);
    }

    /// <summary>Lets all slow steps succeed, now and later.</summary>
    public void LetGo() => _letGo.TrySetResult();

    public async Task<RunProjection> LoadAsync(string runId) => (await RunProjection.LoadAsync(Memory, runId))!;

    /// <summary>Waits, without time passing, until a run stands so and nobody holds it.</summary>
    public async Task<RunProjection> UntilAsync(string runId, RunStatus status)
    {
        while (true)
        {
            var run = await RunProjection.LoadAsync(Memory, runId);
            if (run?.Status == status && await Memory.GetLeaseAsync(runId) is null) return run;
            await Task.Yield();
        }
    }

    /// <summary>Waits, without time passing, until something is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Yield();
    }

    /// <summary>Lets time pass, from timer to timer, whenever the one host rests without runs, until a run stands so.</summary>
    /// <returns>How much passed.</returns>
    public async Task<TimeSpan> PassUntilAsync(string runId, RunStatus status)
    {
        var start = Clock.GetUtcNow();
        var newest = DateTimeOffset.MinValue;
        while (await _rests.Reader.WaitToReadAsync())
        {
            while (_rests.Reader.TryRead(out var rest))
            {
                if (rest.Running > 0 || rest.At < newest) continue;
                if ((await LoadAsync(runId)).Status == status) return Clock.GetUtcNow() - start;
                await Clock.AdvanceToNextTimerAsync();
                newest = Clock.GetUtcNow();
            }
        }

        throw new InvalidOperationException("Nobody closes the channel.");
    }
}
