using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Tests.Runs;

namespace Slipway.Coordination.Tests.Hosting;

public sealed class RunHostTests
{
    private readonly HostTest _test = new();

    [Fact]
    public async Task RunAsync_RunsWereSubmittedBefore_DoesThem()
    {
        await _test.SubmitAsync("a");
        await _test.SubmitAsync("b");
        await using var host = _test.Host();
        var hosting = host.RunAsync();

        await _test.UntilAsync("a", RunStatus.Succeeded);
        var run = await _test.UntilAsync("b", RunStatus.Succeeded);

        Assert.Equal(1, run.Resumptions);
        Assert.False(run.IsReleased);
        await host.DisposeAsync();
        await hosting;
    }

    [Fact]
    public async Task RunAsync_RunIsSubmittedWhileItIsIdle_DoesIt()
    {
        await using var host = _test.Host();
        var hosting = host.RunAsync();
        await HostTest.UntilAsync(() => _test.Clock.NextDue is not null);

        for (var number = 0; number < 20; number++)
        {
            await _test.SubmitAsync($"run-{number}");
            await _test.UntilAsync($"run-{number}", RunStatus.Succeeded);
        }

        Assert.False(hosting.IsCompleted);
    }

    [Fact]
    public async Task RunAsync_MoreThanItTakes_DoesTheImportantFirstAndNeverMoreAtOnce()
    {
        foreach (var (id, priority) in new[] { ("old", 50), ("new", 50), ("low", 0), ("high", 100) }) await _test.SubmitAsync(id, "slow", priority);
        await using var host = _test.Host(maxConcurrentRuns: 2);
        _ = host.RunAsync();

        await HostTest.UntilAsync(() => _test.Begun.Count == 2);
        Assert.Equal(["high 1", "old 1"], _test.Begun.Order(StringComparer.Ordinal));
        Assert.Equal(["low", "new"], (await _test.Memory.FindRunnableAsync(10, new HashSet<string>())).RunIds.Order(StringComparer.Ordinal));
        _test.LetGo();

        foreach (var id in new[] { "old", "new", "low", "high" }) await _test.UntilAsync(id, RunStatus.Succeeded);
    }

    [Fact]
    public async Task RunAsync_HolderDied_TakesOverWhenItsLeaseEnds()
    {
        await DieAsync("run");
        await using var host = _test.Host();
        _ = host.RunAsync();

        var passed = await _test.PassUntilAsync("run", RunStatus.Succeeded);

        Assert.InRange(passed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30) + TimeSpan.FromMilliseconds(2));
        Assert.Equal(2, (await _test.LoadAsync("run"))["a"].Attempt);
    }

    /// <summary>Nobody tells of a lease that is taken, nor of a death.</summary>
    [Fact]
    public async Task RunAsync_RunBeganAndDiedSinceTheLastLook_TakesOverWhenItsLeaseEnds()
    {
        await using var host = _test.Host();
        _ = host.RunAsync();
        await HostTest.UntilAsync(() => _test.Clock.NextDue is not null);
        _test.Clock.Advance(TimeSpan.FromSeconds(10));
        await DieAsync("run");

        var passed = await _test.PassUntilAsync("run", RunStatus.Succeeded);

        Assert.InRange(passed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30) + TimeSpan.FromMilliseconds(4));
    }

    [Fact]
    public async Task RunAsync_PausedByAPerson_IsLeftAlone()
    {
        var engine = _test.Engine();
        var running = engine.StartAsync("paused", HostTest.PlanOf("slow"));
        await HostTest.UntilAsync(() => !_test.Begun.IsEmpty);
        Assert.Equal(RunStatus.Paused, (await engine.PauseAsync("paused", PauseMode.Stop, "lunch")).Status);
        await running;
        await using var host = _test.Host();
        _ = host.RunAsync();

        await _test.SubmitAsync("other");
        await _test.UntilAsync("other", RunStatus.Succeeded);

        var run = await _test.LoadAsync("paused");
        Assert.Equal((RunStatus.Paused, false, 0), (run.Status, run.IsReleased, run.Resumptions));
    }

    [Fact]
    public async Task RunAsync_Stopped_GivesItsRunsBackAndAnotherGoesOnAtOnce()
    {
        await _test.SubmitAsync("run", "slow");
        using var stop = new CancellationTokenSource();
        await using var first = _test.Host();
        await using var second = _test.Host();
        var hosting = first.RunAsync(stop.Token);
        await HostTest.UntilAsync(() => !_test.Begun.IsEmpty);
        _ = second.RunAsync();

        await stop.CancelAsync();
        await hosting;
        await HostTest.UntilAsync(() => _test.Begun.Count == 2);
        _test.LetGo();
        var run = await _test.UntilAsync("run", RunStatus.Succeeded);

        Assert.Equal(["run 1", "run 2"], _test.Begun);
        Assert.Equal(2, run.Resumptions);
        var paused = (await EventsAsync("run")).OfType<RunPaused>().ToList();
        Assert.Equal(["submitted", "its host stopped"], paused.Select(one => one.Reason));
        Assert.All(paused, one => Assert.True(one.IsReleased));
    }

    /// <summary>The wish of a person that a run rests outlives the host.</summary>
    [Theory]
    [InlineData(PauseMode.Drain)]
    [InlineData(PauseMode.Stop)]
    public async Task RunAsync_StoppedWhileARunIsPausing_LeavesItPaused(PauseMode mode)
    {
        await _test.SubmitAsync("run", "slow");
        var engine = _test.Engine();
        await using var host = new RunHost(engine);
        var hosting = host.RunAsync();
        await HostTest.UntilAsync(() => !_test.Begun.IsEmpty);

        var pausing = engine.PauseAsync("run", mode, "lunch");
        await host.DisposeAsync();
        await hosting;

        var run = (await pausing).Run!;
        Assert.Equal((RunStatus.Paused, false), (run.Status, run.IsReleased));
        Assert.Equal("lunch", (await EventsAsync("run")).OfType<RunPaused>().Last().Reason);
    }

    [Fact]
    public async Task RunAsync_AgentIsNotKnownHere_LeavesTheRunToOthersAndSaysSoOnce()
    {
        await _test.SubmitAsync("run", "elsewhere");
        await using var host = _test.Host();
        _ = host.RunAsync();
        await HostTest.UntilAsync(() => Warnings().Count > 0);

        for (var minute = 0; minute < 12; minute++)
        {
            _test.Clock.Advance(TimeSpan.FromMinutes(1));
            await _test.SubmitAsync($"other-{minute}");
            await _test.UntilAsync($"other-{minute}", RunStatus.Succeeded);
        }

        Assert.Contains("SLW5004", Assert.Single(Warnings()), StringComparison.Ordinal);
        Assert.True((await _test.LoadAsync("run")).IsReleased);
        var knowing = new AgentRegistry { { "elsewhere", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)) } };
        await using var other = new RunHost(new RunEngine(_test.Journal, knowing, _test.Options));
        _ = other.RunAsync();
        await _test.UntilAsync("run", RunStatus.Succeeded);
    }

    [Fact]
    public async Task RunAsync_AgentComesLater_TakesTheRunUpWithTheNextLook()
    {
        await _test.SubmitAsync("run", "later");
        await using var host = _test.Host();
        _ = host.RunAsync();
        await HostTest.UntilAsync(() => Warnings().Count > 0);

        _test.Agents.Add("later", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)));
        await _test.SubmitAsync("other");

        await _test.UntilAsync("run", RunStatus.Succeeded);
    }

    /// <summary>Its deadline passed while it waited: it ends, instead of waiting for ever.</summary>
    [Fact]
    public async Task RunAsync_DeadlinePassedWhileItWaited_TimesTheRunOut()
    {
        await _test.Engine().SubmitAsync(new RunRequest { RunId = "run", Plan = HostTest.PlanOf("ok"), Deadline = TimeSpan.FromMinutes(1) });
        _test.Clock.Advance(TimeSpan.FromMinutes(2));
        await using var host = _test.Host();
        _ = host.RunAsync();

        var run = await _test.UntilAsync("run", RunStatus.Failed);

        Assert.Equal(("SLW5117", 0), (run["a"].Failure!.Code, run["a"].Attempt));
    }

    [Theory]
    [InlineData("submit", "SLW5002")]
    [InlineData("twice", "SLW5110")]
    public async Task SubmitAsync_CannotBe_IsRefused(string what, string code)
    {
        var request = new RunRequest { RunId = "run", Plan = HostTest.PlanOf("elsewhere") };
        if (what == "twice") await _test.SubmitAsync("run");
        else request = request with { Plan = request.Plan with { Steps = [new Step { Id = "a", Agent = "ok", DependsOn = [new StepDependency("nowhere")] }] } };

        var result = await _test.Engine().SubmitAsync(request);

        Assert.Equal(code, Assert.Single(result.Problems).Code);
        Assert.Null(result.Run);
    }

    [Fact]
    public async Task SubmitAsync_New_StandsAsReleasedAndCanBeResumedByHand()
    {
        var seen = new List<string>();
        var engine = new RunEngine(_test.Journal, _test.Agents, _test.Options with { Observers = [new RecordingObserver(entry => seen.Add(entry.Event.Type))] });

        var submitted = (await engine.SubmitAsync(new RunRequest { RunId = "run", Plan = HostTest.PlanOf("ok"), Priority = 7 })).Run!;

        Assert.Equal((RunStatus.Paused, true, 7), (submitted.Status, submitted.IsReleased, submitted.Priority));
        Assert.Equal(["run_started", "run_paused"], seen);
        Assert.True((await engine.ResumeAsync("run")).IsSuccess);
    }

    [Fact]
    public async Task RunAsync_Twice_IsRefused()
    {
        await using var host = _test.Host();
        _ = host.RunAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunAsync());
    }

    [Fact]
    public async Task DisposeAsync_NeverRun_EndsAtOnce() => await _test.Host().DisposeAsync();

    [Fact]
    public void Constructor_JournalTellsNothing_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new RunHost(new RunEngine(new QuietJournal(_test.Memory), _test.Agents)));

    [Fact]
    public void Constructor_OptionOutOfRange_IsRefused()
    {
        var good = new RunHostOptions();
        RunHostOptions[] bad =
        [
            good with { Name = "" },
            good with { MaxConcurrentRuns = 0 },
            good with { MaxConcurrentRuns = 10_001 },
            good with { RetryDelay = TimeSpan.Zero },
            good with { LongestRetryDelay = TimeSpan.FromMilliseconds(999) },
            good with { LongestRetryDelay = TimeSpan.FromDays(2) },
        ];

        foreach (var options in bad) Assert.Throws<ArgumentOutOfRangeException>(() => new RunHost(_test.Engine(), options));
    }

    private List<string> Warnings() => _test.Log.Snapshot().Where(line => line.Level is LogLevel.Warning).Select(line => line.Line).ToList();

    /// <summary>A process began a run, and died in the middle of its step.</summary>
    private async Task DieAsync(string runId)
    {
        var lease = (await _test.Memory.TryAcquireAsync(runId, "dead", TimeSpan.FromSeconds(30)))!;
        await _test.Memory.AppendAsync(lease, 0, [new RunStarted(runId, HostTest.PlanOf("ok")), new StepStarted("a", 1)]);
    }

    private async Task<List<RunEvent>> EventsAsync(string runId)
    {
        var events = new List<RunEvent>();
        await foreach (var entry in _test.Memory.ReadAsync(runId)) events.Add(entry.Event);
        return events;
    }

    private sealed class QuietJournal(IRunJournal inner) : DelegatingJournal(inner);
}
