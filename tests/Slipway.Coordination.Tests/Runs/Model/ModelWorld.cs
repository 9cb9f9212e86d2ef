using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>The people and the clocks of one scenario, and the lives of its process.</summary>
internal sealed class ModelWorld
{
    private const int MostLives = 40;
    private const int MostRollbacks = 2;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(20);

    private readonly ModelScenario _scenario;
    private readonly ModelAgents _agents;
    private readonly ManualTimeProvider _clock = new();
    private readonly ManualTimeProvider _leaseClock = new();
    private readonly JumpingTimeProvider _wall;
    private readonly InMemoryJournal _journal;
    private readonly InMemoryApprovalStore _approvals;
    private readonly List<ModelEnd> _ends = [];
    private bool _isCancelled;
    private bool _isOverdue;
    private int _fills;

    public ModelWorld(ModelScenario scenario)
    {
        _scenario = scenario;
        _agents = new ModelAgents(scenario);
        _wall = new JumpingTimeProvider(_clock);
        _journal = new InMemoryJournal(_leaseClock);
        _approvals = new InMemoryApprovalStore(_wall);
    }

    /// <summary>What the agents saw that must not be; null when all was well.</summary>
    public string? Fault => _agents.Fault;

    /// <summary>How the run stood whenever it had ended, before anybody rolled it back.</summary>
    public IReadOnlyList<ModelEnd> Ends => _ends;

    /// <summary>Runs the scenario through all lives of its process to the end.</summary>
    public async Task RunAsync()
    {
        for (var life = 0; life < MostLives; life++)
        {
            var begin = await FindNextAsync();
            var siblings = new List<string>();
            for (var sibling = 0; sibling < _scenario.Siblings.Count; sibling++)
            {
                if ((await EventsAsync(SiblingId(sibling))) is not [.., RunFinished]) siblings.Add(SiblingId(sibling));
            }

            if (begin is null && siblings.Count == 0) return;
            await LiveAsync(life < _scenario.Lives.Count ? _scenario.Lives[life] : null, begin, siblings);
        }

        throw new InvalidOperationException($"The run is not at its end after {MostLives} lives.");
    }

    public async Task<List<RunEvent>> EventsAsync(string runId = TestRun.Id)
    {
        var events = new List<RunEvent>();
        await foreach (var entry in _journal.ReadAsync(runId)) events.Add(entry.Event);
        return events;
    }

    public async Task<List<string>> RunIdsAsync()
    {
        var ids = new List<string>();
        await foreach (var id in _journal.ListRunsAsync()) ids.Add(id);
        return ids;
    }

    public static string SiblingId(int number) => $"sibling-{number}";

    /// <summary>What is to be done with the run next; null when nothing is.</summary>
    private async Task<Func<RunEngine, CancellationToken, Task<RunResult>>?> FindNextAsync()
    {
        var events = await EventsAsync();
        if (events.Count == 0)
            return (engine, stop) => engine.StartAsync(new RunRequest { RunId = TestRun.Id, Plan = TestRun.PlanOf([.. _scenario.Steps.Select(step => step.ToStep())]), Deadline = _scenario.Deadline }, stop);
        var rollbacks = events.Count(one => one is RollbackStarted);
        if (events is not [.., RunFinished finished]) return rollbacks > 0 ? RollBackAsync : ResumeAsync;
        if (rollbacks == 0)
        {
            if (_ends.Count == 0 || _ends[^1].Events.Count < events.Count) _ends.Add(new ModelEnd(events, _isCancelled));
            if (finished.Status is not RunStatus.Succeeded && _ends.Count <= _scenario.Reopenings)
            {
                _isCancelled = false;
                return ResumeAsync;
            }
        }

        return _scenario.IsRolledBack && finished.Status is not RunStatus.RolledBack && rollbacks < MostRollbacks ? RollBackAsync : null;

        static Task<RunResult> RollBackAsync(RunEngine engine, CancellationToken stop) => engine.RollBackAsync(TestRun.Id, "asked to", stop);

        Task<RunResult> ResumeAsync(RunEngine engine, CancellationToken stop) =>
            _isOverdue ? engine.ResumeAsync(TestRun.Id, _scenario.Deadline!.Value, stop) : engine.ResumeAsync(TestRun.Id, stop);
    }

    private async Task LiveAsync(Life? life, Func<RunEngine, CancellationToken, Task<RunResult>>? begin, IReadOnlyList<string> siblings)
    {
        var seen = 0;
        RunEngine engine = null!;
        var request = Task.CompletedTask;
        var observer = new RecordingObserver(entry =>
        {
            if (Interlocked.Increment(ref seen) == life?.At) request = Happen(life.Turn, engine);
        });
        var cutting = life?.Turn is Turn.DeathBeforeWrite or Turn.DeathAfterWrite ? new CuttingJournal(_journal, life.At, life.Turn is Turn.DeathAfterWrite) : null;
        var locks = new InMemoryLockStore(_wall);
        engine = new RunEngine(cutting is null ? _journal : cutting, _agents.Registry, new RunOptions
        {
            Parallelism = _scenario.Parallelism,
            EngineParallelism = _scenario.EngineParallelism,
            ApprovalWait = _scenario.IsPausedForPeople ? ApprovalWait.Pause : ApprovalWait.Wait,
            LeaseDuration = TimeSpan.FromHours(1),
            StopGrace = TimeSpan.FromHours(1),
            Time = _wall,
            Approvals = _approvals,
            Locks = locks,
            Observers = [observer],
        });
        using var power = new CancellationTokenSource();
        var main = begin is null ? null : begin(engine, power.Token);
        var runs = new List<Task<RunResult>>();
        foreach (var sibling in siblings) runs.Add(await BeginSiblingAsync(engine, sibling, power.Token));
        if (main is not null) runs.Add(main);
        await DriveAsync(Task.WhenAll(runs), () =>
        {
            // Whoever dies does not live on where the journal is not needed.
            if (cutting is { IsDead: true } && !power.IsCancellationRequested) power.Cancel();
        });
        await DriveAsync(request);
        if (main is not null) TakeResult(await main, cutting);
        await DriveAsync(NothingIsHeldAsync(locks, isDead: cutting is { IsDead: true }));
        if (cutting is null && _scenario.EngineParallelism is { } limit) await DriveAsync(FillAsync(engine, limit));
        await AnswerAsync();
        if (_scenario.IsPausedForPeople) _clock.Advance(TimeSpan.FromMinutes(1));
        _leaseClock.Advance(TimeSpan.FromHours(2));
    }

    private void TakeResult(RunResult result, CuttingJournal? cutting)
    {
        _isOverdue = result.Problems is [{ Code: "SLW5117" }];
        if (_isOverdue && result.Run!.DeadlineAt > _wall.GetUtcNow()) throw new InvalidOperationException("A deadline passed before its time.");
        if (result.Problems.Count > 0 && !_isOverdue && cutting is not { IsDead: true }) throw new InvalidOperationException(string.Join("; ", result.Problems));
    }

    private async Task<Task<RunResult>> BeginSiblingAsync(RunEngine engine, string id, CancellationToken stop)
    {
        if ((await EventsAsync(id)).Count > 0) return engine.ResumeAsync(id, stop);
        var sibling = _scenario.Siblings[int.Parse(id.AsSpan(id.IndexOf('-') + 1), System.Globalization.CultureInfo.InvariantCulture)];
        var steps = Enumerable.Range(0, sibling.Width).Select(number => TestRun.StepOf($"{id}/{number}", ModelStep.NameOf(Act.Succeed)) with { Modifies = sibling.Resource.Length == 0 ? [] : [sibling.Resource] });
        return engine.StartAsync(new RunRequest { RunId = id, Plan = TestRun.PlanOf([.. steps]), Priority = sibling.Priority }, stop);
    }

    private Task Happen(Turn turn, RunEngine engine)
    {
        switch (turn)
        {
            case Turn.Drain or Turn.Stop:
                return engine.PauseAsync(TestRun.Id, turn is Turn.Stop ? PauseMode.Stop : PauseMode.Drain, "asked to");
            case Turn.Cancel:
                _isCancelled = true;
                return engine.CancelAsync(TestRun.Id, "asked to");
            case Turn.ClockForward:
                _wall.Jump(TimeSpan.FromDays(3));
                break;
            case Turn.ClockBack:
                _wall.Jump(TimeSpan.FromDays(-4));
                break;
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits until what is given back at the end of a run is given back; a process that died holds its locks until they expire.</summary>
    private async Task NothingIsHeldAsync(InMemoryLockStore locks, bool isDead)
    {
        while (!_agents.AreIdle) await Task.Yield();
        while (!isDead)
        {
            var held = 0;
            await foreach (var _ in locks.ListAsync()) held++;
            if (held == 0) return;
            await Task.Yield();
        }
    }

    /// <summary>Takes all slots of the engine at once: none was lost to a run that is over.</summary>
    private async Task FillAsync(RunEngine engine, int limit)
    {
        _fills++;
        _agents.Gather(limit);
        await Task.WhenAll(Enumerable.Range(0, limit).Select(number => engine.StartAsync($"fill-{_fills}-{number}", TestRun.PlanOf(TestRun.StepOf("s", "gather")))));
    }

    /// <summary>Lets time pass to whatever is due soon, and people answer, until a task is done.</summary>
    private async Task DriveAsync(Task task, Action? look = null)
    {
        using var guard = new CancellationTokenSource(Stuck);
        while (!task.IsCompleted)
        {
            if (guard.IsCancellationRequested) throw new InvalidOperationException("The run does not go on.");
            look?.Invoke();
            await AnswerAsync();
            if (_clock.NextDue - _clock.GetUtcNow() is { } wait && wait < Soon) _clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await Task.Yield();
        }

        await task;
    }

    private async Task AnswerAsync()
    {
        await foreach (var open in _approvals.ListAsync(status: ApprovalStatus.Pending))
        {
            var step = _agents.StepOf(open.Request.StepId);
            if (!step.IsSilent) await _approvals.DecideAsync(open.Request.Id, new ApprovalDecision { IsApproved = step.IsApproved, By = "ann" });
        }
    }
}
