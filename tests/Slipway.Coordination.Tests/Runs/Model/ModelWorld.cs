using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>The agents, the people and the clocks of one scenario, and the lives of its process.</summary>
internal sealed class ModelWorld
{
    private const int MostLives = 40;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(20);

    private readonly ModelScenario _scenario;
    private readonly ManualTimeProvider _clock = new();
    private readonly ManualTimeProvider _leaseClock = new();
    private readonly JumpingTimeProvider _wall;
    private readonly InMemoryJournal _journal;
    private readonly InMemoryApprovalStore _approvals = new();
    private readonly AgentRegistry _agents = [];
    private readonly ConcurrentDictionary<string, string> _modified = new(StringComparer.Ordinal);

    public ModelWorld(ModelScenario scenario)
    {
        _scenario = scenario;
        _wall = new JumpingTimeProvider(_clock);
        _journal = new InMemoryJournal(_leaseClock);
        Add(Act.Succeed, _ => StepOutcome.Success);
        Add(Act.Fail, _ => StepOutcome.Failed(TestRun.Permanent));
        Add(Act.Skip, _ => StepOutcome.Skipped("nothing to do"));
        Add(Act.Falter, context => context.Attempt <= StepOf(context.StepId).Faults ? StepOutcome.Failed(TestRun.Transient) : StepOutcome.Success);
        Add(Act.Suspend, context => context.Attempt == 1 ? StepOutcome.Suspended("later") : StepOutcome.Success);
        Add(Act.Ask, context => context.Decision is null ? StepOutcome.NeedsApproval(new ApprovalPolicy { Question = "What now?" }) : StepOutcome.Success);
        _agents.Add(ModelStep.NameOf(Act.Hang), new DelegateAgent(async (context, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        }));
        _agents.Add(ModelStep.NameOf(Act.Add), new DelegateAgent(async (context, _) =>
        {
            var problems = await context.AddStepsAsync([StepOf(context.StepId).ToAdded()]);
            return problems.Count == 0 ? StepOutcome.Success : throw new InvalidOperationException(string.Join(' ', problems));
        }));
        _agents.Add(ModelStep.NameOf(Act.Descend), new SubRunAgent());
        _agents.Add("ok", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success), isInline: true));
    }

    /// <summary>Whether somebody cancelled the run before it ended.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Two steps that modified one resource at once; null when none did.</summary>
    public string? Overlap { get; private set; }

    /// <summary>Runs the scenario through all lives of its process to the end.</summary>
    public async Task<IReadOnlyList<RunEvent>> RunAsync()
    {
        for (var life = 0; life < MostLives; life++)
        {
            var events = await EventsAsync();
            if (events is [.., RunFinished]) return events;
            await LiveAsync(life < _scenario.Lives.Count ? _scenario.Lives[life] : null, isNew: events.Count == 0);
        }

        throw new InvalidOperationException($"The run is not at its end after {MostLives} lives.");
    }

    private async Task LiveAsync(Life? life, bool isNew)
    {
        var seen = 0;
        RunEngine engine = null!;
        var request = Task.CompletedTask;
        var observer = new RecordingObserver(entry =>
        {
            if (++seen == life?.At) request = Happen(life.Turn, engine);
        });
        IRunJournal journal = life?.Turn is Turn.DeathBeforeWrite or Turn.DeathAfterWrite ? new CuttingJournal(_journal, life.At, life.Turn is Turn.DeathAfterWrite) : _journal;
        engine = new RunEngine(journal, _agents, new RunOptions
        {
            Parallelism = _scenario.Parallelism,
            LeaseDuration = TimeSpan.FromHours(1),
            StopGrace = TimeSpan.FromHours(1),
            Time = _wall,
            Approvals = _approvals,
            Locks = new InMemoryLockStore(_wall),
            Observers = [observer],
        });
        await DriveAsync(isNew ? engine.StartAsync(TestRun.Id, PlanOf()) : engine.ResumeAsync(TestRun.Id));
        await DriveAsync(request);
        _leaseClock.Advance(TimeSpan.FromHours(2));
    }

    private Task Happen(Turn turn, RunEngine engine)
    {
        switch (turn)
        {
            case Turn.Drain or Turn.Stop:
                return engine.PauseAsync(TestRun.Id, turn is Turn.Stop ? PauseMode.Stop : PauseMode.Drain, "asked to");
            case Turn.Cancel:
                IsCancelled = true;
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

    /// <summary>Lets time pass to whatever is due soon, and people answer, until a task is done.</summary>
    private async Task DriveAsync(Task task)
    {
        using var guard = new CancellationTokenSource(Stuck);
        while (!task.IsCompleted)
        {
            if (guard.IsCancellationRequested) throw new InvalidOperationException("The run does not go on.");
            await AnswerAsync();
            if (_clock.NextDue - _clock.GetUtcNow() is { } wait && wait < Soon) _clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await Task.Yield();
        }

        await task;
    }

    private async Task AnswerAsync()
    {
        await foreach (var open in _approvals.ListAsync(status: ApprovalStatus.Pending))
            await _approvals.DecideAsync(open.Request.Id, new ApprovalDecision { IsApproved = StepOf(open.Request.StepId).IsApproved, By = "ann" });
    }

    private void Add(Act act, Func<StepContext, StepOutcome> run) => _agents.Add(ModelStep.NameOf(act), new DelegateAgent(
        (context, _) => StepOf(context.StepId).Number % 2 == 0 ? new ValueTask<StepOutcome>(Modify(context, run)) : YieldAsync(context, run), isInline: true));

    private async ValueTask<StepOutcome> YieldAsync(StepContext context, Func<StepContext, StepOutcome> run)
    {
        foreach (var resource in context.Step.Modifies) Enter(resource, context);
        await Task.Yield();
        foreach (var resource in context.Step.Modifies) _modified.TryRemove(KeyValuePair.Create(resource, context.IdempotencyKey));
        return run(context);
    }

    private StepOutcome Modify(StepContext context, Func<StepContext, StepOutcome> run)
    {
        foreach (var resource in context.Step.Modifies) Enter(resource, context);
        foreach (var resource in context.Step.Modifies) _modified.TryRemove(KeyValuePair.Create(resource, context.IdempotencyKey));
        return run(context);
    }

    private void Enter(string resource, StepContext context)
    {
        var holder = _modified.GetOrAdd(resource, context.IdempotencyKey);
        if (holder != context.IdempotencyKey) Overlap ??= $"{context.IdempotencyKey} and {holder} modify {resource} at once";
    }

    private ModelStep StepOf(string id) => _scenario.Steps.FirstOrDefault(step => step.Id == id || step.AddedId == id) ?? Stranger;

    private static ModelStep Stranger { get; } = new() { Number = 0 };

    private Plan PlanOf() => TestRun.PlanOf([.. _scenario.Steps.Select(step => step.ToStep())]);

    private async Task<List<RunEvent>> EventsAsync()
    {
        var events = new List<RunEvent>();
        await foreach (var entry in _journal.ReadAsync(TestRun.Id)) events.Add(entry.Event);
        return events;
    }
}
