using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Decides which ready steps start: those that people agree to, within the limits of the run, the engine and the agent, holding what they
/// modify. Whoever must wait is woken by what it waits for; nobody holds a slot while waiting.
/// </summary>
internal sealed class Admission
{
    private readonly RunCore _core;
    private readonly RunLoop _loop;
    private readonly Attempts _attempts;
    private readonly RunLocks _locks;
    private readonly ApprovalDesk _approvals;
    private readonly AgentPlaces _places;
    private readonly SlotShare? _slots;

    public Admission(RunCore core, RunLoop loop, Attempts attempts, RunLocks locks, ApprovalDesk approvals)
    {
        _core = core;
        _loop = loop;
        _attempts = attempts;
        _locks = locks;
        _approvals = approvals;
        _places = new AgentPlaces(core, loop);
        _slots = core.Engine.Slots?.Join(core.Run.Priority, loop.Wake);
    }

    /// <summary>True while a step waits for somebody outside the run who is no person: a lock, a slot of the engine, a place at its agent.</summary>
    public bool IsWaiting => _locks.IsAsking || _places.IsWaiting || _core.Scheduler.HasReady;

    /// <summary>Starts what may start.</summary>
    public void SelectStarts()
    {
        while (_core.Stop is StopCause.None && _attempts.Count < _core.Options.Parallelism && _core.Scheduler.HasReady)
        {
            if (_slots is not null && !_slots.TryTake()) return;
            if (!TryStartNext()) _slots?.Release();
        }

        _slots?.Withdraw();
    }

    /// <summary>Gives back the places of an attempt that has ended or waits for others.</summary>
    public void Release(StepAttempt attempt)
    {
        _slots?.Release();
        attempt.Agent.Capacity?.Release();
    }

    /// <summary>Gives an attempt that waited its places again, at once: were it to wait for them, those that it waited for might wait for it.</summary>
    public void Retake(StepAttempt attempt)
    {
        _slots?.Retake();
        attempt.Agent.Capacity?.Retake();
    }

    /// <summary>Leaves all queues: nothing more will start.</summary>
    public void Close()
    {
        _slots?.Withdraw();
        _places.Close();
        _locks.ReleaseUnused();
    }

    private bool TryStartNext()
    {
        if (!_core.Scheduler.TryTake(out var step)) return false;
        var record = _core.Run.Steps[step];
        var isWanted = record.State is StepState.Pending or StepState.Ready && record.OpenQuestion is null;
        if (isWanted && !_approvals.MayStart(step, record)) return false;
        if (!_locks.TryAcquire(step, record, isWanted))
        {
            if (!isWanted) _places.Leave(step);
            return false;
        }

        var next = record.NextStep();
        var agent = _core.Engine.Agents.FindEntry(next.Agent);
        if (agent is not null && !_places.TryTake(step, agent)) return false;
        Start(step, record, next, agent ?? MissingAgent.Entry);
        return true;
    }

    private void Start(int step, StepRecord record, Step next, RegisteredAgent agent)
    {
        agent.BeginWork();
        _locks.Announce(step, record.Step);
        var isVerification = record is { IsInterrupted: true, Step.OnInterrupted: OnInterrupted.Verify };
        _core.Emit(new StepStarted(record.Step.Id, record.Attempt + 1, isVerification));
        _attempts.LimitStep(step, record);
        _attempts.Add(new StepAttempt(_loop, step, next, agent, record.Attempt, isVerification, _locks.GrantOf(step)?.FencingToken));
    }
}
