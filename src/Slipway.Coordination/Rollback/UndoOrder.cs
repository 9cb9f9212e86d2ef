using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Rollback;

/// <summary>What must be undone before what.</summary>
internal sealed class UndoOrder
{
    private readonly Dictionary<string, HashSet<string>> _before = new(StringComparer.Ordinal);

    /// <summary>The order for the steps that are undone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="chains">For each step that is undone its undo steps in their order.</param>
    public UndoOrder(RunProjection run, IReadOnlyDictionary<string, List<string>> chains)
    {
        AddDependents(run, chains);
        AddSharedResources(run, chains);
    }

    /// <summary>An undo step with what comes before it. Undoing goes on where something could not be undone: the more is undone the better.</summary>
    public Step WithDependencies(Step undo) => _before.TryGetValue(undo.Id, out var before)
        ? undo with { DependsOn = [.. undo.DependsOn, .. before.Order(StringComparer.Ordinal).Select(StepDependency.Optional)] }
        : undo;

    /// <summary>Whoever depends on a step, by way of steps that are not undone too, is undone before it.</summary>
    private void AddDependents(RunProjection run, IReadOnlyDictionary<string, List<string>> chains)
    {
        var dependents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var record in run.Steps)
        {
            foreach (var dependency in record.Step.DependsOn)
            {
                if (!dependents.TryGetValue(dependency.StepId, out var list)) dependents.Add(dependency.StepId, list = []);
                list.Add(record.Step.Id);
            }
        }

        foreach (var (step, chain) in chains)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var open = new Stack<string>([step]);
            while (open.TryPop(out var current))
            {
                foreach (var dependent in dependents.GetValueOrDefault(current) ?? [])
                {
                    if (!seen.Add(dependent)) continue;
                    if (chains.TryGetValue(dependent, out var later)) Add(chain, later);
                    else open.Push(dependent);
                }
            }
        }
    }

    /// <summary>Of steps that modified one resource the one that started later is undone first, unless their order says otherwise.</summary>
    private void AddSharedResources(RunProjection run, IReadOnlyDictionary<string, List<string>> chains)
    {
        var previous = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var step in InOrder(run, chains))
        {
            foreach (var resource in run[step].Step.Modifies)
            {
                if (previous.TryGetValue(resource, out var earlier) && earlier != chains[step]) Add(chains[step], earlier);
                previous[resource] = chains[step];
            }
        }
    }

    /// <summary>All steps that are undone, each after all that must be undone before it, and otherwise the latest start first.</summary>
    private List<string> InOrder(RunProjection run, IReadOnlyDictionary<string, List<string>> chains)
    {
        var stepOf = chains.ToDictionary(chain => chain.Value[^1], chain => chain.Key, StringComparer.Ordinal);
        var waiting = new Dictionary<string, int>(StringComparer.Ordinal);
        var followers = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var ready = new PriorityQueue<string, (long, long, string)>();
        foreach (var (step, chain) in chains)
        {
            var before = _before.GetValueOrDefault(chain[0]);
            waiting.Add(step, before?.Count ?? 0);
            if (before is null) Enqueue(step);
            foreach (var earlier in before ?? [])
            {
                if (!followers.TryGetValue(stepOf[earlier], out var list)) followers.Add(stepOf[earlier], list = []);
                list.Add(step);
            }
        }

        var order = new List<string>(chains.Count);
        while (ready.TryDequeue(out var step, out _))
        {
            order.Add(step);
            foreach (var follower in followers.GetValueOrDefault(step) ?? [])
            {
                if (--waiting[follower] == 0) Enqueue(follower);
            }
        }

        return order;

        void Enqueue(string step) => ready.Enqueue(step, (-(run[step].StartedAt?.UtcTicks ?? 0), -run[step].LockToken, step));
    }

    private void Add(List<string> chain, List<string> later)
    {
        if (!_before.TryGetValue(chain[0], out var before)) _before.Add(chain[0], before = new HashSet<string>(StringComparer.Ordinal));
        before.Add(later[^1]);
    }
}
