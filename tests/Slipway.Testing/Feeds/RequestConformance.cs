using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Testing.Time;
using Xunit;

namespace Slipway.Testing.Feeds;

/// <summary>What every journal that carries wishes must do. A test class of a journal derives from this and gives a fresh, empty one.</summary>
public abstract class RequestConformance : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private IRunRequests? _requests;

    /// <summary>The journal under test.</summary>
    protected IRunRequests Requests => _requests ?? throw new InvalidOperationException("The journal is made before each test.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _requests = await OpenAsync(new ManualTimeProvider());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CleanUpAsync();
    }

    /// <summary>A wish comes back as it was, for every run its own.</summary>
    [Fact]
    public async Task AskAsync_SeveralRuns_AreAllKept()
    {
        StopRequest[] wishes = [new("a", StopRequestKind.Drain, "lunch ⛵"), new("b", StopRequestKind.Stop, ""), new("c", StopRequestKind.Cancel, "enough")];

        foreach (var wish in wishes) await Requests.AskAsync(wish);

        Assert.Equal(wishes, (await Requests.FindAskedAsync()).OrderBy(wish => wish.RunId, StringComparer.Ordinal));
    }

    /// <summary>The graver wish counts, and of two alike the first.</summary>
    [Theory]
    [InlineData(StopRequestKind.Drain, StopRequestKind.Cancel, "second")]
    [InlineData(StopRequestKind.Stop, StopRequestKind.Drain, "first")]
    [InlineData(StopRequestKind.Stop, StopRequestKind.Stop, "first")]
    public async Task AskAsync_AskedBefore_TheGraverCounts(StopRequestKind first, StopRequestKind second, string counts)
    {
        await Requests.AskAsync(new StopRequest("run", first, "first"));
        await Requests.AskAsync(new StopRequest("run", second, "second"));

        Assert.Equal(counts, Assert.Single(await Requests.FindAskedAsync()).Reason);
    }

    /// <summary>What is fulfilled is gone, and nothing else.</summary>
    [Fact]
    public async Task ForgetAsync_OneOfTwo_LeavesTheOther()
    {
        await Requests.AskAsync(new StopRequest("a", StopRequestKind.Stop, "why"));
        await Requests.AskAsync(new StopRequest("b", StopRequestKind.Stop, "why"));

        await Requests.ForgetAsync("a");
        await Requests.ForgetAsync("unknown");

        Assert.Equal("b", Assert.Single(await Requests.FindAskedAsync()).RunId);
    }

    /// <summary>With a run goes what was wanted of it.</summary>
    [Fact]
    public async Task TryDeleteAsync_WantedRun_ForgetsTheWish()
    {
        var journal = (IRunJournal)Requests;
        var lease = (await journal.TryAcquireAsync("run", "one", TimeSpan.FromMinutes(1)))!;
        await journal.AppendAsync(lease, 0, [new RunStarted("run", new Plan { Name = "p", Steps = [new Step { Id = "a", Agent = "ok" }] })]);
        await journal.ReleaseAsync(lease);
        await Requests.AskAsync(new StopRequest("run", StopRequestKind.Stop, "why"));

        Assert.True(await journal.TryDeleteAsync("run"));

        Assert.Empty(await Requests.FindAskedAsync());
    }

    /// <summary>Whoever watches hears of wishes and of their end, also through another opening of the journal.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WatchRequestsAsync_AskedAndForgotten_IsTold(bool isElsewhere)
    {
        var other = isElsewhere ? await OpenAsync(new ManualTimeProvider()) : Requests;
        var told = new SemaphoreSlim(0);
        using var watch = await other.WatchRequestsAsync(() => told.Release());

        await Requests.AskAsync(new StopRequest("run", StopRequestKind.Stop, "why"));
        while ((await other.FindAskedAsync()).Count == 0) Assert.True(await told.WaitAsync(Patience));
        await Requests.ForgetAsync("run");
        while ((await other.FindAskedAsync()).Count > 0) Assert.True(await told.WaitAsync(Patience));
    }

    /// <summary>Makes the journal, or opens the same once more, as another process does.</summary>
    protected abstract ValueTask<IRunRequests> OpenAsync(TimeProvider time);

    /// <summary>Removes what the journal left behind.</summary>
    protected virtual ValueTask CleanUpAsync() => ValueTask.CompletedTask;
}
