using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Testing.Time;
using Xunit;

namespace Slipway.Testing.Feeds;

/// <summary>What every journal that tells which runs wait must do. A test class of a journal derives from this and gives a fresh, empty one.</summary>
public abstract partial class FeedConformance : IAsyncLifetime
{
    /// <summary>How long the leases of the tests last.</summary>
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly HashSet<string> None = [];
    private static readonly Plan Plan = new() { Name = "test", Steps = [new Step { Id = "a", Agent = "ok" }] };
    private static readonly RunPaused Released = new("submitted") { IsReleased = true };
    private IRunFeed? _feed;

    /// <summary>The clock of the journal under test.</summary>
    protected ManualTimeProvider Clock { get; } = new();

    /// <summary>The journal under test.</summary>
    protected IRunFeed Feed => _feed ?? throw new InvalidOperationException("The journal is made before each test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _feed = await OpenAsync(Clock);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    /// <summary>A run that was put there for others waits; nobody has to read its events to see it.</summary>
    [Fact]
    public async Task FindRunnableAsync_Submitted_IsThere()
    {
        await WriteAsync("run", Started("run"), Released);

        var found = await Feed.FindRunnableAsync(10, None);

        Assert.Equal(["run"], found.RunIds);
        Assert.Null(found.NextIn);
    }

    /// <summary>Where nothing waits there is nothing, nor anything to wait for.</summary>
    [Fact]
    public async Task FindRunnableAsync_NothingBegan_IsEmpty()
    {
        await AcquireAsync("no-events");

        var found = await Feed.FindRunnableAsync(10, None);

        Assert.Empty(found.RunIds);
        Assert.Null(found.NextIn);
    }

    /// <summary>What is more important goes first, and of two the one that was there first.</summary>
    [Fact]
    public async Task FindRunnableAsync_Several_AreInOrder()
    {
        foreach (var (id, priority) in new[] { ("z", 50), ("b", 50), ("low", 0), ("high", 100), ("a", 50) })
            await WriteAsync(id, Started(id) with { Priority = priority }, Released);

        Assert.Equal(["high", "z", "b", "a", "low"], (await Feed.FindRunnableAsync(10, None)).RunIds);
        Assert.Equal(["high", "z"], (await Feed.FindRunnableAsync(2, None)).RunIds);
        Assert.Equal(["z", "a"], (await Feed.FindRunnableAsync(2, new HashSet<string> { "high", "b" })).RunIds);
    }

    /// <summary>A run that somebody holds is nobody else's until the lease ends, whichever of its events came last.</summary>
    [Fact]
    public async Task FindRunnableAsync_Held_WaitsForTheEndOfTheLease()
    {
        var lease = await AcquireAsync("run");
        await Feed.AppendAsync(lease, 0, [Started("run")]);
        await Feed.AppendAsync(lease, 1, [new StepReady("a")]);
        Clock.Advance(TimeSpan.FromSeconds(20));

        var held = await Feed.FindRunnableAsync(10, None);
        Assert.Empty(held.RunIds);
        Assert.Equal(TimeSpan.FromSeconds(40), held.NextIn);
        Assert.Null((await Feed.FindRunnableAsync(10, new HashSet<string> { "run" })).NextIn);

        await Feed.TryRenewAsync(lease, Minute);
        Assert.Equal(Minute, (await Feed.FindRunnableAsync(10, None)).NextIn);
        Clock.Advance(Minute);
        Assert.Equal(["run"], (await Feed.FindRunnableAsync(10, None)).RunIds);
    }

    /// <summary>Of several leases the first to end is told.</summary>
    [Fact]
    public async Task FindRunnableAsync_SeveralHeld_TellsTheEarliestEnd()
    {
        foreach (var (id, seconds) in new[] { ("a", 30), ("b", 10), ("c", 20) })
        {
            var lease = (await Feed.TryAcquireAsync(id, "one", TimeSpan.FromSeconds(seconds)))!;
            await Feed.AppendAsync(lease, 0, [Started(id)]);
        }

        Assert.Equal(TimeSpan.FromSeconds(10), (await Feed.FindRunnableAsync(10, None)).NextIn);
    }

    /// <summary>Whoever takes a run up has it, and it is back when given back.</summary>
    [Fact]
    public async Task FindRunnableAsync_TakenUpAndGivenBack_IsThereAgain()
    {
        await WriteAsync("run", Started("run"), Released);
        var lease = await AcquireAsync("run");
        await Feed.AppendAsync(lease, 2, [new RunResumed("one")]);
        Assert.Empty((await Feed.FindRunnableAsync(10, None)).RunIds);

        await Feed.AppendAsync(lease, 3, [Released]);
        Assert.Empty((await Feed.FindRunnableAsync(10, None)).RunIds);
        await Feed.ReleaseAsync(lease);

        Assert.Equal(["run"], (await Feed.FindRunnableAsync(10, None)).RunIds);
    }

    /// <summary>Runs that rest, are over, or are another's part wait for no engine.</summary>
    [Theory]
    [InlineData("paused by a person")]
    [InlineData("finished")]
    [InlineData("rolling back")]
    [InlineData("rollback paused")]
    [InlineData("part of another")]
    [InlineData("part of another, resumed")]
    public async Task FindRunnableAsync_NotForAll_IsNotThere(string how)
    {
        var part = Started("run") with { Parent = new ParentStep("above", "a") };
        RunEvent[] events = how switch
        {
            "paused by a person" => [Started("run"), Released, new RunResumed("one"), new RunPaused("lunch")],
            "finished" => [Started("run"), new RunFinished(RunStatus.Failed)],
            "rolling back" => [Started("run"), new RunFinished(RunStatus.Failed), new RollbackStarted("run/rollback", "why")],
            "rollback paused" => [Started("run"), new RollbackStarted("run/rollback", "why"), new RunPaused("its rollback was paused")],
            "part of another" => [part],
            _ => [part, new RunPaused("stopped"), new RunResumed("one")],
        };
        await WriteAsync("run", events);
        await WriteOneByOneAsync("slow", [.. events.Select(one => one is RunStarted started ? started with { RunId = "slow" } : one)]);

        var found = await Feed.FindRunnableAsync(10, None);

        Assert.Empty(found.RunIds);
        Assert.Null(found.NextIn);
    }

    /// <summary>A run that failed or was cancelled and that somebody resumed is open again, with its priority.</summary>
    [Fact]
    public async Task FindRunnableAsync_ResumedAndItsEngineDied_IsThereInItsPlace()
    {
        await WriteAsync("old", Started("old"), Released);
        await WriteOneByOneAsync("run", Started("run") with { Priority = 60 }, new RunFinished(RunStatus.Failed), new RunResumed("one"));

        Assert.Equal(["run", "old"], (await Feed.FindRunnableAsync(10, None)).RunIds);
    }

    /// <summary>An append that is refused changes nothing.</summary>
    [Fact]
    public async Task FindRunnableAsync_RefusedAppend_ChangesNothing()
    {
        await WriteAsync("run", Started("run"), Released);
        var lease = await AcquireAsync("run");

        await Assert.ThrowsAsync<JournalConflictException>(async () => await Feed.AppendAsync(lease, 7, [new RunFinished(RunStatus.Succeeded)]));
        await Feed.ReleaseAsync(lease);

        Assert.Equal(["run"], (await Feed.FindRunnableAsync(10, None)).RunIds);
    }

    /// <summary>A run that was removed does not wait, and one of its name begins anew.</summary>
    [Fact]
    public async Task FindRunnableAsync_Deleted_IsGone()
    {
        await WriteAsync("run", Started("run"), Released);
        Assert.True(await Feed.TryDeleteAsync("run"));
        Assert.Empty((await Feed.FindRunnableAsync(10, None)).RunIds);

        await AcquireAsync("run");
        Assert.Empty((await Feed.FindRunnableAsync(10, None)).RunIds);
    }

    /// <summary>Makes the journal, or opens the same once more, as another process does.</summary>
    protected abstract ValueTask<IRunFeed> OpenAsync(TimeProvider time);

    /// <summary>Removes what the journal left behind.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;

    private static RunStarted Started(string runId) => new(runId, Plan);

    private async Task<RunLease> AcquireAsync(string runId) =>
        await Feed.TryAcquireAsync(runId, "one", Minute) ?? throw new InvalidOperationException($"Run '{runId}' is held.");

    private async Task WriteAsync(string runId, params RunEvent[] events)
    {
        var lease = await AcquireAsync(runId);
        await Feed.AppendAsync(lease, 0, events);
        await Feed.ReleaseAsync(lease);
    }

    private async Task WriteOneByOneAsync(string runId, params RunEvent[] events)
    {
        var lease = await AcquireAsync(runId);
        for (var i = 0; i < events.Length; i++) await Feed.AppendAsync(lease, i, [events[i]]);
        await Feed.ReleaseAsync(lease);
    }
}
