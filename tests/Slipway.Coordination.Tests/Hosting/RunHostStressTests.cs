using System.Collections.Concurrent;
using System.Globalization;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Tests.Runs;

namespace Slipway.Coordination.Tests.Hosting;

/// <summary>Many hosts on one journal, which stop, and die, at any moment.</summary>
public sealed class RunHostStressTests
{
    private const int Hosts = 8;
    private const int Runs = 200;
    private const int Steps = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task RunAsync_HostsStopAndDie_EveryRunEndsOnceAndEveryStepSucceedsOnce(int seed)
    {
        var journal = new InMemoryJournal(TimeProvider.System);
        var ended = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var allEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var effects = new ConcurrentQueue<string>();
        var watcher = new EndWatcher(runId =>
        {
            ended.AddOrUpdate(runId, 1, static (_, count) => count + 1);
            if (ended.Count == Runs) allEnded.TrySetResult();
        });
        var submitting = Task.Run(() => SubmitAsync(journal, seed));

        await Task.WhenAll(Enumerable.Range(0, Hosts).Select(number => Task.Run(() => HostAsync(new Random((seed * 100) + number)))));
        await submitting;

        Assert.Equal(Runs, ended.Count);
        Assert.All(ended.Values, count => Assert.Equal(1, count));
        Assert.Empty((await journal.FindRunnableAsync(Runs, new HashSet<string>())).RunIds);
        await AssertDoneOnceAsync(journal, effects);

        // Hosts come and go until all runs have ended.
        async Task HostAsync(Random random)
        {
            while (!allEnded.Task.IsCompleted)
            {
                var mortal = new MortalJournal(journal, random.Next(4) == 0 ? random.Next(5, 60) : int.MaxValue);
                var options = new RunOptions { LeaseDuration = TimeSpan.FromSeconds(1), StopGrace = TimeSpan.FromMinutes(1), Observers = [watcher] };
                await using var host = new RunHost(new RunEngine(mortal, AgentsOf(effects), options), new RunHostOptions { MaxConcurrentRuns = 5, RetryDelay = TimeSpan.FromMilliseconds(1) });
                var hosting = host.RunAsync();
                var leave = random.Next(3) == 0 ? allEnded.Task : mortal.AfterAppendsAsync(random.Next(20, 200));
                await Task.WhenAny(leave, mortal.Died, allEnded.Task);
                await host.DisposeAsync();
                await hosting;
            }
        }
    }

    private static async Task SubmitAsync(InMemoryJournal journal, int seed)
    {
        var random = new Random(seed);
        var engine = new RunEngine(journal, []);
        for (var run = 0; run < Runs; run++)
        {
            var steps = Enumerable.Range(0, Steps).Select(step => new Step
            {
                Id = $"s{step}",
                Agent = random.Next(4) == 0 ? "flaky" : "work",
                DependsOn = [.. Enumerable.Range(0, step).Where(_ => random.Next(3) == 0).Select(before => new StepDependency($"s{before}"))],
                Retry = new RetryPolicy { FirstDelay = TimeSpan.FromMilliseconds(1) },
            }).ToList();
            var request = new RunRequest { RunId = $"run-{run}", Plan = new Plan { Name = "stress", Steps = steps }, Priority = random.Next(101) };
            Assert.Empty((await engine.SubmitAsync(request)).Problems);
            await Task.Yield();
        }
    }

    private static AgentRegistry AgentsOf(ConcurrentQueue<string> effects) => new()
    {
        { "work", new DelegateAgent(async (context, token) =>
            {
                effects.Enqueue(NameOf(context.RunId, context.StepId, context.Attempt));
                for (var i = 0; i < context.Attempt; i++) await Task.Yield();
                token.ThrowIfCancellationRequested();
                return StepOutcome.Success;
            })
        },
        { "flaky", new DelegateAgent((context, _) =>
            {
                effects.Enqueue(NameOf(context.RunId, context.StepId, context.Attempt));
                return ValueTask.FromResult(context.Attempt == 1
                    ? StepOutcome.Failed(new Failure { Code = "flaky", Kind = FailureKind.Transient, Message = "once" })
                    : StepOutcome.Success);
            })
        },
    };

    private static async Task AssertDoneOnceAsync(InMemoryJournal journal, ConcurrentQueue<string> effects)
    {
        // An attempt is one host's: its key, which agents make their effects safe by, is never used twice.
        Assert.Equal(effects.Count, effects.Distinct(StringComparer.Ordinal).Count());
        var happened = effects.ToHashSet(StringComparer.Ordinal);
        for (var run = 0; run < Runs; run++)
        {
            var runId = $"run-{run}";
            Assert.Equal(RunStatus.Succeeded, (await RunProjection.LoadAsync(journal, runId))!.Status);
            var (ends, succeeded, started) = (0, new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            await foreach (var entry in journal.ReadAsync(runId))
            {
                if (entry.Event is RunFinished) ends++;
                if (entry.Event is StepStarted start) Assert.True(started.Add(NameOf(runId, start.StepId, start.Attempt)));
                if (entry.Event is not StepSucceeded success) continue;
                Assert.True(succeeded.Add(success.StepId), $"{runId} {success.StepId} succeeded twice");
                Assert.Contains(NameOf(runId, success.StepId, success.Attempt), happened);
            }

            Assert.Equal((1, Steps), (ends, succeeded.Count));
            Assert.Superset(effects.Where(effect => effect.StartsWith($"{runId}/", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal), started);
        }
    }

    private static string NameOf(string runId, string stepId, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{runId}/{stepId}/{attempt}");

    private sealed class EndWatcher(Action<string> onEnd) : IRunObserver
    {
        public void OnEntry(JournalEntry entry)
        {
        }

        public void OnEntry(string runId, JournalEntry entry)
        {
            if (entry.Event is RunFinished) onEnd(runId);
        }
    }

    /// <summary>The journal as a process sees it that dies after so many appends: nothing reaches it any more, and its leases stay until they end.</summary>
    private sealed class MortalJournal(IRunFeed inner, int appendsOfItsLife) : DelegatingJournal(inner), IRunFeed
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource> _awaited = new();
        private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _appends;

        public Task Died => _died.Task;

        public Task AfterAppendsAsync(int count)
        {
            var reached = _awaited.GetOrAdd(count, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (Volatile.Read(ref _appends) >= count) reached.TrySetResult();
            return reached.Task;
        }

        public override ValueTask<long> AppendAsync(RunLease lease, long expectedSequence, IReadOnlyList<RunEvent> events, CancellationToken cancellationToken = default)
        {
            var number = Interlocked.Increment(ref _appends);
            if (number == appendsOfItsLife) _died.TrySetResult();
            if (_awaited.TryGetValue(number, out var reached)) reached.TrySetResult();
            RequireLife();
            return base.AppendAsync(lease, expectedSequence, events, cancellationToken);
        }

        public override ValueTask<RunLease?> TryAcquireAsync(string runId, string owner, TimeSpan duration, CancellationToken cancellationToken = default)
        {
            RequireLife();
            return base.TryAcquireAsync(runId, owner, duration, cancellationToken);
        }

        public override ValueTask<RunLease?> TryRenewAsync(RunLease lease, TimeSpan duration, CancellationToken cancellationToken = default)
        {
            RequireLife();
            return base.TryRenewAsync(lease, duration, cancellationToken);
        }

        public override ValueTask ReleaseAsync(RunLease lease, CancellationToken cancellationToken = default)
        {
            RequireLife();
            return base.ReleaseAsync(lease, cancellationToken);
        }

        public ValueTask<RunnableRuns> FindRunnableAsync(int limit, IReadOnlySet<string> except, CancellationToken cancellationToken = default)
        {
            RequireLife();
            return inner.FindRunnableAsync(limit, except, cancellationToken);
        }

        public ValueTask<IDisposable> WatchAsync(Action onChange, CancellationToken cancellationToken = default) => inner.WatchAsync(onChange, cancellationToken);

        private void RequireLife()
        {
            if (_died.Task.IsCompleted) throw new IOException("The process is dead.");
        }
    }
}
