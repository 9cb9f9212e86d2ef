using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>Who does the steps of a scenario, what they did to the world, and what they saw there that must not be.</summary>
internal sealed class ModelAgents
{
    private readonly ModelScenario _scenario;
    private readonly ConcurrentDictionary<string, string> _modified = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _done = new(StringComparer.Ordinal);
    private TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _busy;
    private int _busyAtOne;
    private int _missing;

    public ModelAgents(ModelScenario scenario)
    {
        _scenario = scenario;
        Add(Act.Succeed, context => Did(context, StepOutcome.Success));
        Add(Act.Fail, _ => StepOutcome.Failed(TestRun.Permanent));
        Add(Act.Skip, _ => StepOutcome.Skipped("nothing to do"));
        Add(Act.Falter, context => context.Attempt <= StepOf(context.StepId).Faults ? StepOutcome.Failed(TestRun.Transient) : Did(context, StepOutcome.Success));
        Add(Act.Suspend, context => context.Attempt == 1 ? StepOutcome.Suspended("later") : StepOutcome.Success);
        Add(Act.Ask, context => context.Decision is null ? StepOutcome.NeedsApproval(StepOf(context.StepId).Question) : StepOutcome.Success);
        Add(Act.Hang, async (context, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        });
        Add(Act.Beat, BeatAsync);
        Add(Act.Add, async (context, _) =>
        {
            var step = StepOf(context.StepId);
            var problems = await context.AddStepsAsync([step.ToAdded()], step.IsBeforeDependents);
            return problems.Count == 0 ? StepOutcome.Success : throw new InvalidOperationException(string.Join(' ', problems));
        });
        Registry.Add("gather", new DelegateAgent(async (_, _) =>
        {
            if (Interlocked.Decrement(ref _missing) == 0) _gathered.SetResult();
            await _gathered.Task;
            return StepOutcome.Success;
        }));
        Registry.Add(ModelStep.NameOf(Act.Descend), new SubRunAgent());
        Registry.Add("undo", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)));
        Registry.Add("ok", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success), isInline: true));
    }

    public AgentRegistry Registry { get; } = [];

    /// <summary>What the agents saw that must not be; null when all was well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether no agent holds anything of a run that is over.</summary>
    public bool AreIdle => Registry.Entries.All(agent => agent.InFlight == 0 && agent.Capacity is null or { InUse: 0 });

    public ModelStep StepOf(string id) => _scenario.Steps.FirstOrDefault(step => step.Id == id || step.AddedId == id) ?? Stranger;

    /// <summary>From now on the agent <c>gather</c> lets nobody go before that many are there.</summary>
    public void Gather(int count)
    {
        _missing = count;
        _gathered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static ModelStep Stranger { get; } = new() { Number = 0 };

    private void Add(Act act, Func<StepContext, StepOutcome> run) => Add(act, (context, _) => ActAsync(context, run));

    private void Add(Act act, Func<StepContext, CancellationToken, ValueTask<StepOutcome>> run) => Registry.Register(
        new AgentDescriptor { Name = ModelStep.NameOf(act), MaxConcurrency = act is Act.Succeed ? _scenario.Capacity : null },
        new ModelAgent(
            async (context, token) =>
            {
                Count(1, act);
                try
                {
                    return await run(context, token);
                }
                finally
                {
                    Count(-1, act);
                }
            },
            context => _done.ContainsKey(NameOf(context)) ? StepOutcome.Success : null));

    private async ValueTask<StepOutcome> ActAsync(StepContext context, Func<StepContext, StepOutcome> run)
    {
        if (StepOf(context.StepId).Undo is Undo.Told) await context.RecordCompensationAsync(ModelStep.UndoBy(Undo.Told));
        foreach (var resource in context.Step.Modifies) Enter(resource, context);
        // Half of the agents never wait, and so end in the turn that started them.
        if (context.StepId[^1] % 2 == 1) await Task.Yield();
        foreach (var resource in context.Step.Modifies) _modified.TryRemove(KeyValuePair.Create(resource, context.IdempotencyKey));
        return run(context);
    }

    /// <summary>Gives signs of life on the clock itself, so that none is late, and succeeds in the end.</summary>
    private static async ValueTask<StepOutcome> BeatAsync(StepContext context, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var beats = 0;
        var interval = ModelStep.Heartbeat * 0.4;
        // Four times and no more, or the clock would go on where the agent is slow to hear that it is to stop.
        ITimer? timer = null;
        timer = context.Time.CreateTimer(Beat, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var _ = timer;
        timer.Change(interval, Timeout.InfiniteTimeSpan);
        await end.Task.WaitAsync(cancellationToken);
        return StepOutcome.Success;

        void Beat(object? state)
        {
            context.Heartbeat();
            if (++beats == 4) end.TrySetResult();
            else timer!.Change(interval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Notes that a step has happened, which one that is verified must not do twice.</summary>
    private StepOutcome Did(StepContext context, StepOutcome outcome)
    {
        // Who stands in for another, or mends its input, does something of its own.
        if (context.Step.Agent != ModelStep.NameOf(StepOf(context.StepId).Act)) return outcome;
        var times = _done.AddOrUpdate(NameOf(context), 1, (_, before) => before + 1);
        if (times > 1 && context.Step.OnInterrupted is OnInterrupted.Verify) Fault ??= $"{context.StepId} happened twice";
        return outcome;
    }

    private static string NameOf(StepContext context) => $"{context.RunId}/{context.StepId}/{context.Step.Agent}";

    private void Count(int by, Act act)
    {
        if (Interlocked.Add(ref _busy, by) > (_scenario.EngineParallelism ?? int.MaxValue)) Fault ??= "the engine does more at once than it may";
        if (act is Act.Succeed && Interlocked.Add(ref _busyAtOne, by) > (_scenario.Capacity ?? int.MaxValue)) Fault ??= "an agent does more at once than it can";
    }

    private void Enter(string resource, StepContext context)
    {
        var holder = _modified.GetOrAdd(resource, context.IdempotencyKey);
        if (holder != context.IdempotencyKey) Fault ??= $"{context.IdempotencyKey} and {holder} modify {resource} at once";
    }
}
