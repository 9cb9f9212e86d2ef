using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Decides which ready steps start: within the run's limit, the engine's and the agent's, holding what they modify. Whoever must wait is
/// woken by what it waits for; nobody holds a slot while waiting.
/// </summary>
internal sealed class Admission
{
    private readonly RunCore _core;
    private readonly RunLoop _loop;
    private readonly Attempts _attempts;
    private readonly RunLocks _locks;
    private readonly SlotShare? _slots;
    private readonly Dictionary<string, AgentShare> _agents = new(StringComparer.Ordinal);
    private int _parked;

    public Admission(RunCore core, RunLoop loop, Attempts attempts, RunLocks locks)
    {
        _core = core;
        _loop = loop;
        _attempts = attempts;
        _locks = locks;
        _slots = core.Engine.Slots?.Join(core.Run.Priority, loop.Wake);
    }

    /// <summary>True while a step waits for somebody outside the run: a lock, a slot of the engine or of an agent.</summary>
    public bool IsWaiting => _locks.IsAsking || _parked > 0 || _core.Scheduler.HasReady;

    /// <summary>Starts what may start.</summary>
    public void SelectStarts()
    {
        do
        {
            if (_parked > 0) Unpark();
            while (_core.Stop is StopCause.None && _attempts.Count < _core.Options.Parallelism && _core.Scheduler.HasReady)
            {
                if (_slots is not null && !_slots.TryTake()) return;
                if (!TryStartNext()) _slots?.Release();
            }
        }
        while (_parked > 0 && _core.Stop is StopCause.None && _attempts.Count < _core.Options.Parallelism && _agents.Values.Any(share => share.HasUnused));

        _slots?.Withdraw();
    }

    /// <summary>Gives back the slots of an attempt that has ended.</summary>
    public void Release(StepAttempt attempt)
    {
        _slots?.Release();
        if (_agents.TryGetValue(attempt.Step.Agent, out var share)) share.Slots.Release();
    }

    /// <summary>Leaves all pools: nothing more will start.</summary>
    public void Close()
    {
        _slots?.Withdraw();
        foreach (var share in _agents.Values) share.Slots.Withdraw();
        _locks.ReleaseUnused();
    }

    private bool TryStartNext()
    {
        if (!_core.Scheduler.TryTake(out var step)) return false;
        var record = _core.Run.Steps[step];
        var isWanted = record.State is StepState.Pending or StepState.Ready;
        if (!_locks.TryAcquire(step, record, isWanted)) return false;
        if (!TryTakeAgent(step, record.Step.Agent)) return false;
        Start(step, record);
        return true;
    }

    private bool TryTakeAgent(int step, string agent)
    {
        if (_core.Engine.CapacityOf(agent) is not { } capacity) return true;
        if (!_agents.TryGetValue(agent, out var share))
        {
            share = new AgentShare(_core.Engine.SlotsOf(agent, capacity).Join(_core.Run.Priority, _loop.Wake));
            _agents.Add(agent, share);
        }

        if (share.Slots.TryTake()) return true;
        share.Parked.Enqueue(step, _core.Scheduler.RankOf(step));
        _parked++;
        return false;
    }

    /// <summary>Lets the first of those that wait for each agent try again.</summary>
    private void Unpark()
    {
        foreach (var share in _agents.Values)
        {
            if (!share.HasUnused) continue;
            // One for each slot that came free, and one more, which waits for the next.
            for (var tries = share.Slots.SetAside + 1; tries > 0 && share.Parked.TryDequeue(out var step, out _); tries--)
            {
                _parked--;
                _core.Scheduler.Enqueue(step);
            }
        }
    }

    private void Start(int step, StepRecord record)
    {
        _locks.Announce(step, record.Step);
        var isVerification = record is { IsInterrupted: true, Step.OnInterrupted: OnInterrupted.Verify };
        _core.Emit(new StepStarted(record.Step.Id, record.Attempt + 1, isVerification));
        _attempts.Add(new StepAttempt(_loop, step, record.Step, _core.Engine.Agents.Find(record.Step.Agent)!, record.Attempt, isVerification, _locks.GrantOf(step)?.FencingToken));
    }

    private sealed class AgentShare(SlotShare slots)
    {
        public SlotShare Slots => slots;

        public PriorityQueue<int, long> Parked { get; } = new();

        /// <summary>Whether a slot came free that a parked step may take.</summary>
        public bool HasUnused => Parked.Count > 0 && slots.SetAside > 0;
    }
}
