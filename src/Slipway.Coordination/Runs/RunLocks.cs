using Microsoft.Extensions.Logging;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Takes and gives back what the steps of a run modify: first within the run, in order of rank, then in the store that all runs share. A
/// lock is given back in the store only once the end of its step is durable.
/// </summary>
internal sealed class RunLocks
{
    private readonly RunCore _core;
    private readonly RunLoop _loop;
    private readonly IReadOnlyList<long> _within;
    private readonly ResourceLocks _locks;
    private readonly Dictionary<int, LockGrant> _grants = [];
    private readonly HashSet<int> _asking = [];

    /// <summary>The locks of one run.</summary>
    /// <param name="core">The run.</param>
    /// <param name="loop">Where answers of the store go.</param>
    /// <param name="within">The tokens of what the steps hold that this run goes on below.</param>
    public RunLocks(RunCore core, RunLoop loop, IReadOnlyList<long> within)
    {
        _core = core;
        _loop = loop;
        _within = within;
        _locks = new ResourceLocks(core.Scheduler.Enqueue);
    }

    /// <summary>True while the store has not answered for some step.</summary>
    public bool IsAsking => _asking.Count > 0;

    /// <summary>The token of what a step holds; null when it holds nothing.</summary>
    public LockGrant? GrantOf(int step) => _grants.GetValueOrDefault(step);

    /// <summary>Takes what a step modifies.</summary>
    /// <returns>False when it waits for a resource, or will not run at all.</returns>
    public bool TryAcquire(int step, StepRecord record, bool isWanted)
    {
        if (record.Step.Modifies.Count == 0 || (isWanted && _grants.ContainsKey(step))) return isWanted;
        var resources = ResourcesOf(record.Step);
        if (isWanted && _locks.LostTo(resources) is { } holder)
        {
            _core.Emit(new StepBlocked(record.Step.Id, _core.Run.Steps[holder].Step.Id));
            _core.Scheduler.Settle(step);
            isWanted = false;
        }

        if (!isWanted)
        {
            if (_grants.Remove(step, out var unused)) GiveBack(resources, unused);
            else _locks.PassOn(resources);
            return false;
        }

        return _locks.TryAcquire(step, _core.Scheduler.RankOf(step), resources) && TryAsk(step, record.Step, resources);
    }

    /// <summary>Journals that a step holds what it modifies.</summary>
    public void Announce(int step, Step started)
    {
        if (_grants.TryGetValue(step, out var grant)) _core.Emit(new LockAcquired(started.Id, grant.Resources, grant.FencingToken));
    }

    /// <summary>Gives back what a step held, within the run at once, to other runs when this turn's events are durable.</summary>
    public void Release(int step, Step ended)
    {
        if (_grants.Remove(step, out var grant)) Release(grant, ended);
    }

    /// <summary>Leaves with a step for good what it holds: its agent may still act.</summary>
    public void Lose(Step step) => _locks.Lose(ResourcesOf(step));

    /// <summary>Gives back what was taken for steps that did not start.</summary>
    public void ReleaseUnused()
    {
        foreach (var (step, grant) in _grants.Where(held => !_core.Run.Steps[held.Key].IsHoldingLocks).ToList())
        {
            _grants.Remove(step);
            GiveBack(grant.Resources, grant);
        }
    }

    /// <summary>Prolongs what is held.</summary>
    /// <returns>The steps that lost what they held.</returns>
    public async ValueTask<IReadOnlyList<int>> RenewAsync(TimeSpan duration)
    {
        if (_grants.Count == 0) return [];
        var kept = await _core.Engine.Locks.RenewAsync([.. _grants.Values], duration, CancellationToken.None);
        if (kept.Count == _grants.Count) return [];
        var tokens = kept.Select(grant => grant.FencingToken).ToHashSet();
        return [.. _grants.Where(held => !tokens.Contains(held.Value.FencingToken)).Select(held => held.Key)];
    }

    private static string[] ResourcesOf(Step step) => [.. step.Modifies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private void Release(LockGrant grant, Step ended)
    {
        _locks.Release(grant.Resources);
        _core.Emit(new LockReleased(ended.Id, grant.Resources));
        _core.AfterWrite(() => ReturnToStore(grant));
    }

    private bool TryAsk(int step, Step wanted, string[] resources)
    {
        var request = new LockRequest
        {
            RunId = _core.Run.RunId,
            StepId = wanted.Id,
            Owner = _core.Options.Owner,
            Resources = resources,
            Duration = _core.Options.LeaseDuration,
            Reason = _core.Run.Plan.Name,
            Within = _within,
        };
        var answer = _core.Engine.Locks.AcquireAsync(request, blocker => _loop.Post(new LockBlocked(step, blocker)), _core.WaitToken);
        if (answer.IsCompletedSuccessfully)
        {
            _grants.Add(step, answer.GetAwaiter().GetResult());
            return true;
        }

        _asking.Add(step);
        _ = AwaitAsync(step, resources, answer);
        return false;
    }

    private async Task AwaitAsync(int step, string[] resources, ValueTask<LockGrant> answer)
    {
        LockGrant? grant = null;
        Exception? failure = null;
        try
        {
            grant = await answer.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        _loop.Post(new LockAnswer(this, step, resources, grant, failure));
    }

    private void OnAnswer(LockAnswer answer)
    {
        _asking.Remove(answer.Step);
        if (answer.Grant is { } grant)
        {
            _grants.Add(answer.Step, grant);
            _core.Scheduler.Enqueue(answer.Step);
            return;
        }

        _locks.Release(answer.Resources);
        _core.Scheduler.Enqueue(answer.Step);
        if (answer.Failure is not (null or OperationCanceledException)) _loop.OnStoreFailed(answer.Failure);
    }

    private void GiveBack(IReadOnlyList<string> resources, LockGrant grant)
    {
        _locks.Release(resources);
        ReturnToStore(grant);
    }

    private void ReturnToStore(LockGrant grant) => _ = ReturnAsync(grant);

    private async Task ReturnAsync(LockGrant grant)
    {
        try
        {
            await _core.Engine.Locks.ReleaseAsync(grant, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _core.Logger.LogWarning(exception, "Locks of step {Step} of run {RunId} could not be given back; they expire by themselves", grant.StepId, grant.RunId);
        }
    }

    private sealed class LockBlocked(int step, ResourceLock blocker) : RunMessage
    {
        public override void Take(RunLoop loop) => loop.OnLockBlocked(step, blocker);
    }

    private sealed class LockAnswer(RunLocks locks, int step, string[] resources, LockGrant? grant, Exception? failure) : RunMessage
    {
        public int Step => step;

        public string[] Resources => resources;

        public LockGrant? Grant => grant;

        public Exception? Failure => failure;

        public override void Take(RunLoop loop) => locks.OnAnswer(this);

        public override void Lose()
        {
            if (grant is not null) locks.ReturnToStore(grant);
        }
    }
}
