using System.Runtime.CompilerServices;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Hosting;

/// <summary>What fails below a host is tried again, ever more seldom, and harms nothing else.</summary>
public sealed class RunHostFailureTests
{
    [Fact]
    public async Task RunAsync_RunCannotGoOn_IsTriedAgainEverMoreSeldom()
    {
        BrokenJournal? journal = null;
        var test = new HostTest(inner => journal = new BrokenJournal((IRunFeed)inner) { UnreadableTimes = 12 });
        await SubmitBehindAsync(test, "bad");
        await using var host = test.Host();
        _ = host.RunAsync();
        await test.PassUntilAsync("bad", RunStatus.Succeeded);

        // 1, 2, 4 … seconds, at last five minutes each.
        var waits = journal!.Reads.Zip(journal.Reads.Skip(1), (one, next) => Math.Round((next - one).TotalSeconds)).ToList();
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
    }

    [Fact]
    public async Task RunAsync_FeedFails_IsLookedAtAgain()
    {
        BrokenJournal? journal = null;
        var test = new HostTest(inner => journal = new BrokenJournal((IRunFeed)inner) { FailingLooks = 3 });
        await SubmitBehindAsync(test, "run");
        await using var host = test.Host();
        _ = host.RunAsync();

        var passed = await test.PassUntilAsync("run", RunStatus.Succeeded);

        Assert.InRange(passed, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7.1));
    }

    /// <summary>Nobody asked for the pause that a broken store forces: the run goes on as soon as the store works.</summary>
    [Fact]
    public async Task RunAsync_StoreOfTheEngineFails_LetsTheRunGoAndTakesItUpAgain()
    {
        var test = new HostTest();
        var locks = new BrokenLocks(test.Clock) { IsBroken = true };
        var engine = new RunEngine(test.Journal, test.Agents, test.Options with { Locks = locks });
        await engine.SubmitAsync(new RunRequest { RunId = "run", Plan = new Plan { Name = "p", Steps = [new Step { Id = "a", Agent = "ok", Modifies = ["vpc"] }] } });
        await using var host = test.Host(engine);
        _ = host.RunAsync();
        await HostTest.UntilAsync(() => locks.Asked > 0);
        await HostTest.UntilAsync(() => test.Log.Snapshot().Exists(line => line.Line.Contains("SLW5115", StringComparison.Ordinal)));
        Assert.True((await test.LoadAsync("run")).IsReleased);

        locks.IsBroken = false;
        await test.PassUntilAsync("run", RunStatus.Succeeded);
    }

    /// <summary>Another process submits: its journal works.</summary>
    private static async Task SubmitBehindAsync(HostTest test, string runId) =>
        await new RunEngine(test.Memory, test.Agents, test.Options).SubmitAsync(new RunRequest { RunId = runId, Plan = HostTest.PlanOf("ok") });

    private sealed class BrokenJournal(IRunFeed inner) : Runs.DelegatingJournal(inner), IRunFeed
    {
        private readonly Lock _gate = new();
        private readonly List<DateTimeOffset> _reads = [];

        public int UnreadableTimes { get; init; }

        public int FailingLooks { get; set; }

        /// <summary>When the bad run was looked at.</summary>
        public List<DateTimeOffset> Reads
        {
            get
            {
                lock (_gate) return [.. _reads];
            }
        }

        public override async IAsyncEnumerable<JournalEntry> ReadAsync(
            string runId, long afterSequence = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            if (runId == "bad" && await inner.GetLeaseAsync(runId, cancellationToken) is { } lease)
            {
                lock (_gate)
                {
                    if (_reads.Count < UnreadableTimes)
                    {
                        _reads.Add(lease.ExpiresAt - TimeSpan.FromSeconds(30));
                        throw new IOException("a page cannot be read");
                    }
                }
            }

            await foreach (var entry in inner.ReadAsync(runId, afterSequence, cancellationToken)) yield return entry;
        }

        public ValueTask<RunnableRuns> FindRunnableAsync(int limit, IReadOnlySet<string> except, CancellationToken cancellationToken = default) =>
            FailingLooks-- > 0 ? throw new IOException("the database is away") : inner.FindRunnableAsync(limit, except, cancellationToken);

        public ValueTask<IDisposable> WatchAsync(Action onChange, CancellationToken cancellationToken = default) => inner.WatchAsync(onChange, cancellationToken);
    }

    private sealed class BrokenLocks(TimeProvider time) : ILockStore
    {
        private readonly InMemoryLockStore _locks = new(time);

        public bool IsBroken { get; set; }

        public int Asked { get; private set; }

        public ValueTask<LockGrant> AcquireAsync(LockRequest request, Action<ResourceLock>? onBlocked = null, CancellationToken cancellationToken = default)
        {
            Asked++;
            return IsBroken ? ValueTask.FromException<LockGrant>(new IOException("the store is away")) : _locks.AcquireAsync(request, onBlocked, cancellationToken);
        }

        public ValueTask<IReadOnlyList<LockGrant>> RenewAsync(IReadOnlyList<LockGrant> grants, TimeSpan duration, CancellationToken cancellationToken = default) =>
            _locks.RenewAsync(grants, duration, cancellationToken);

        public ValueTask ReleaseAsync(LockGrant grant, CancellationToken cancellationToken = default) => _locks.ReleaseAsync(grant, cancellationToken);

        public ValueTask<int> ReleaseRunAsync(string runId, CancellationToken cancellationToken = default) => _locks.ReleaseRunAsync(runId, cancellationToken);

        public IAsyncEnumerable<ResourceLock> ListAsync(CancellationToken cancellationToken = default) => _locks.ListAsync(cancellationToken);

        public ValueTask<bool> BreakAsync(long fencingToken, CancellationToken cancellationToken = default) => _locks.BreakAsync(fencingToken, cancellationToken);
    }
}
