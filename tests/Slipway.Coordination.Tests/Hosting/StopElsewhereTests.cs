using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Tests.Runs;

namespace Slipway.Coordination.Tests.Hosting;

/// <summary>A run is paused or cancelled by an engine that does not run it.</summary>
public sealed class StopElsewhereTests
{
    private readonly HostTest _test = new();

    [Fact]
    public async Task PauseAsync_HeldByAnotherEngine_IsDoneThere()
    {
        var running = _test.Engine().StartAsync("run", HostTest.PlanOf("slow"));
        await HostTest.UntilAsync(() => !_test.Begun.IsEmpty);

        var run = (await _test.Engine().PauseAsync("run", PauseMode.Stop, "lunch")).Run!;

        Assert.Equal((RunStatus.Paused, false, StepState.Ready), (run.Status, run.IsReleased, run["a"].State));
        Assert.Equal(RunStatus.Paused, (await running).Status);
        Assert.Empty(await _test.Memory.FindAskedAsync());
        _test.LetGo();
        Assert.True((await _test.Engine().ResumeAsync("run")).IsSuccess);
    }

    [Fact]
    public async Task CancelAsync_HeldByAHost_EndsTheRunThere()
    {
        await _test.SubmitAsync("run", "slow");
        await using var host = _test.Host();
        _ = host.RunAsync();
        await HostTest.UntilAsync(() => !_test.Begun.IsEmpty);

        var result = await _test.Engine().CancelAsync("run", "enough");

        Assert.Equal((RunStatus.Cancelled, 0), (result.Status, result.Problems.Count));
        Assert.Empty(await _test.Memory.FindAskedAsync());
    }

    /// <summary>The wish outlives who was asked: whoever asked does it when the lease ends.</summary>
    [Theory]
    [InlineData(false, RunStatus.Paused)]
    [InlineData(true, RunStatus.Cancelled)]
    public async Task Stop_HolderIsDead_IsDoneWhenItsLeaseEnds(bool isCancel, RunStatus status)
    {
        await DieAsync();
        var engine = _test.Engine();

        var stopping = isCancel ? engine.CancelAsync("run", "enough") : engine.PauseAsync("run", PauseMode.Stop, "lunch");
        await HostTest.UntilAsync(() => _test.Clock.NextDue is not null);
        Assert.False(stopping.IsCompleted);
        // Once, or the lease under which the wish is fulfilled would end too.
        _test.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(status, (await stopping).Status);
        Assert.Equal(0, (await stopping).Run!.Count(StepState.Running));
        Assert.Empty(await _test.Memory.FindAskedAsync());
    }

    /// <summary>The wish outlives who asked as well: whoever goes on with the run fulfils it.</summary>
    [Fact]
    public async Task PauseAsync_HolderAndAskerAreGone_IsDoneByTheNextHost()
    {
        await DieAsync();
        using var impatience = new CancellationTokenSource();
        var pausing = _test.Engine().PauseAsync("run", PauseMode.Stop, "lunch", impatience.Token);
        while ((await _test.Memory.FindAskedAsync()).Count == 0) await Task.Yield();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pausing);
        _test.Clock.Advance(TimeSpan.FromSeconds(31));

        await using var host = _test.Host();
        _ = host.RunAsync();
        var run = await _test.UntilAsync("run", RunStatus.Paused);

        Assert.False(run.IsReleased);
        while ((await _test.Memory.FindAskedAsync()).Count > 0) await Task.Yield();
    }

    /// <summary>Somebody who resumes a run knows better than an old wish.</summary>
    [Fact]
    public async Task ResumeAsync_OldWishIsThere_GoesOn()
    {
        await DieAsync();
        await _test.Memory.AskAsync(new StopRequest("run", StopRequestKind.Stop, "lunch"));
        _test.Clock.Advance(TimeSpan.FromSeconds(31));
        _test.LetGo();

        Assert.True((await _test.Engine().ResumeAsync("run")).IsSuccess);
        Assert.Empty(await _test.Memory.FindAskedAsync());
    }

    /// <summary>A run that waits for a host rests from then on.</summary>
    [Fact]
    public async Task PauseAsync_NobodyHoldsIt_KeepsHostsAway()
    {
        await _test.SubmitAsync("run");

        var run = (await _test.Engine().PauseAsync("run", PauseMode.Stop, "lunch")).Run!;

        Assert.Equal((RunStatus.Paused, false), (run.Status, run.IsReleased));
        Assert.Empty((await _test.Memory.FindRunnableAsync(10, new HashSet<string>())).RunIds);
    }

    [Fact]
    public async Task PauseAsync_UnknownRun_IsRefused() =>
        Assert.Equal("SLW5111", Assert.Single((await _test.Engine().PauseAsync("nowhere", PauseMode.Stop, "why")).Problems).Code);

    [Fact]
    public async Task PauseAsync_JournalCarriesNoWishes_IsRefusedWhileSomebodyHoldsTheRun()
    {
        await DieAsync();
        var engine = new RunEngine(new PlainJournal(_test.Memory), _test.Agents, _test.Options);

        Assert.Equal("SLW5112", Assert.Single((await engine.PauseAsync("run", PauseMode.Stop, "why")).Problems).Code);
    }

    /// <summary>A process began a run, and died in the middle of its step.</summary>
    private async Task DieAsync()
    {
        var lease = (await _test.Memory.TryAcquireAsync("run", "dead", TimeSpan.FromSeconds(30)))!;
        await _test.Memory.AppendAsync(lease, 0, [new RunStarted("run", HostTest.PlanOf("slow")), new StepStarted("a", 1)]);
    }

    private sealed class PlainJournal(IRunJournal inner) : DelegatingJournal(inner);
}
