using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>
/// The steps of a run that wait for a place at an agent of limited capacity. The run asks each such agent for one place at a time, in the
/// order of asking among all runs, and gives it to its step of the best rank.
/// </summary>
internal sealed class AgentPlaces(RunCore core, RunLoop loop)
{
    private readonly Dictionary<RegisteredAgent, PriorityQueue<int, long>> _parked = [];
    private readonly Dictionary<int, RegisteredAgent> _placed = [];
    private readonly HashSet<RegisteredAgent> _asking = [];

    /// <summary>True while an agent was asked for a place.</summary>
    public bool IsWaiting => _asking.Count > 0;

    /// <summary>Takes a place for a step, or parks the step until there is one.</summary>
    public bool TryTake(int step, RegisteredAgent agent)
    {
        if (agent.Capacity is not { } capacity || _placed.Remove(step)) return true;
        if (capacity.TryAcquire()) return true;
        if (!_parked.TryGetValue(agent, out var parked)) _parked.Add(agent, parked = new PriorityQueue<int, long>());
        parked.Enqueue(step, core.Scheduler.RankOf(step));
        if (_asking.Add(agent)) _ = AskAsync(agent, capacity);
        return false;
    }

    /// <summary>Gives back the place of a step that will not start.</summary>
    public void Leave(int step)
    {
        if (_placed.Remove(step, out var agent)) agent.Capacity!.Release();
    }

    public void Close()
    {
        foreach (var agent in _placed.Values) agent.Capacity!.Release();
        _placed.Clear();
    }

    private async Task AskAsync(RegisteredAgent agent, AgentCapacity capacity)
    {
        var isGiven = false;
        try
        {
            await capacity.AcquireAsync(core.WaitToken).ConfigureAwait(false);
            isGiven = true;
        }
        catch (OperationCanceledException)
        {
            // The run stops.
        }

        loop.Post(new Place(this, agent, isGiven));
    }

    private void OnPlace(RegisteredAgent agent, bool isGiven)
    {
        _asking.Remove(agent);
        var parked = _parked[agent];
        while (isGiven && parked.TryDequeue(out var step, out _))
        {
            if (core.Run.Steps[step].State is not (StepState.Pending or StepState.Ready)) continue;
            _placed.Add(step, agent);
            core.Scheduler.Enqueue(step);
            isGiven = false;
        }

        if (isGiven) agent.Capacity!.Release();
        if (parked.Count > 0 && core.Stop is StopCause.None && _asking.Add(agent)) _ = AskAsync(agent, agent.Capacity!);
    }

    private sealed class Place(AgentPlaces places, RegisteredAgent agent, bool isGiven) : RunMessage
    {
        public override void Take(RunLoop loop) => places.OnPlace(agent, isGiven);

        public override void Lose()
        {
            if (isGiven) agent.Capacity!.Release();
        }
    }
}
