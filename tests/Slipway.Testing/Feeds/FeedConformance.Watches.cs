using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Xunit;

namespace Slipway.Testing.Feeds;

public abstract partial class FeedConformance
{
    /// <summary>Whoever watches hears of a run that is given back, also through another opening of the journal.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WatchAsync_GivenBack_IsTold(bool isElsewhere)
    {
        var other = isElsewhere ? await OpenAsync(Clock) : Feed;
        var told = new SemaphoreSlim(0);
        using var watch = await other.WatchAsync(() => told.Release());
        for (var number = 1; number <= 3; number++)
        {
            await WriteAsync($"run-{number}", Started($"run-{number}"), Released);

            while ((await other.FindRunnableAsync(10, None)).RunIds.Count < number) Assert.True(await told.WaitAsync(Patience));
        }
    }

    /// <summary>Each of several hears it; one whose watch is over does not matter.</summary>
    [Fact]
    public async Task WatchAsync_SeveralWatch_EachIsTold()
    {
        var told = new[] { new TaskCompletionSource(), new TaskCompletionSource() };
        (await Feed.WatchAsync(() => throw new InvalidOperationException("The watch is over."))).Dispose();
        using var one = await Feed.WatchAsync(() => told[0].TrySetResult());
        using var two = await Feed.WatchAsync(() => told[1].TrySetResult());

        await WriteAsync("run", Started("run"), Released);

        await Task.WhenAll(told[0].Task, told[1].Task).WaitAsync(Patience);
    }

    /// <summary>What is found is what a look at all leases and all events would find.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task FindRunnableAsync_AnyHistory_IsAsTheEventsSay(int seed)
    {
        var random = new Random(seed);
        var runs = Enumerable.Range(0, 5).Select(number => new ModelRun($"run-{number}")).ToList();
        for (var turn = 0; turn < 150; turn++)
        {
            var run = runs[random.Next(runs.Count)];
            switch (random.Next(5))
            {
                case 0:
                    if (await Feed.TryAcquireAsync(run.Id, "one", TimeSpan.FromSeconds(random.Next(1, 60))) is { } granted) run.Lease = granted;
                    break;
                case 1 when run.Lease is { } lease && lease.ExpiresAt > Clock.GetUtcNow():
                    var next = run.Events == 0 ? Started(run.Id) with { Priority = random.Next(3) } : Next(random);
                    await Feed.AppendAsync(lease, run.Events++, [next]);
                    if (next is RunStarted started) run.Priority = started.Priority;
                    run.IsOpen = next switch
                    {
                        RunStarted or RunResumed => true,
                        RunPaused paused => paused.IsReleased,
                        RunFinished => false,
                        _ => run.IsOpen,
                    };
                    break;
                case 2 when run.Lease is { } lease:
                    await Feed.ReleaseAsync(lease);
                    run.Lease = null;
                    break;
                default:
                    Clock.Advance(TimeSpan.FromSeconds(random.Next(10)));
                    break;
            }

            // Which of two is older the journal may decide by the run's creation or its first event.
            var free = runs.Where(one => one.IsOpen && (one.Lease is null || one.Lease.ExpiresAt <= Clock.GetUtcNow())).ToList();
            var ends = runs.Where(one => one.IsOpen && one.Lease is not null && one.Lease.ExpiresAt > Clock.GetUtcNow()).Select(one => one.Lease!.ExpiresAt - Clock.GetUtcNow()).ToList();
            var found = await Feed.FindRunnableAsync(10, None);
            Assert.Equal(free.Select(one => one.Id).Order(StringComparer.Ordinal), found.RunIds.Order(StringComparer.Ordinal));
            Assert.Equal(free.Select(one => one.Priority).OrderDescending(), found.RunIds.Select(id => runs.Single(one => one.Id == id).Priority));
            Assert.Equal(ends.Count == 0 ? null : ends.Min(), found.NextIn);
        }
    }

    private static RunEvent Next(Random random) => random.Next(5) switch
    {
        0 => new RunResumed("one"),
        1 => new RunPaused("lunch"),
        2 => Released,
        3 => new RunFinished(RunStatus.Failed),
        _ => new StepReady("a"),
    };

    private sealed class ModelRun(string id)
    {
        public string Id => id;

        public RunLease? Lease { get; set; }

        public long Events { get; set; }

        public int Priority { get; set; }

        public bool IsOpen { get; set; }
    }
}
