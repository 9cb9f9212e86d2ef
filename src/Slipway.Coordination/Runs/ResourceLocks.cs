namespace Slipway.Coordination.Runs;

/// <summary>
/// Who modifies what within a run. A step takes all its resources at once or none, so nobody holds one while waiting for another and
/// no deadlock is possible. A freed resource wakes one waiter, the first by rank; who is woken takes it or passes it on.
/// </summary>
/// <param name="wake">Called with a step that should try again.</param>
internal sealed class ResourceLocks(Action<int> wake)
{
    private readonly Dictionary<string, Resource> _resources = new(StringComparer.Ordinal);

    /// <summary>Takes all resources, or parks the step at the first busy one.</summary>
    public bool TryAcquire(int step, long rank, IReadOnlyList<string> resources)
    {
        Resource? busy = null;
        foreach (var name in resources)
        {
            if (!_resources.TryGetValue(name, out var resource)) _resources.Add(name, resource = new Resource());
            if (resource.Holder is not null) busy ??= resource;
        }

        if (busy is null)
        {
            foreach (var name in resources) _resources[name].Holder = step;
            return true;
        }

        busy.Waiters.Enqueue(step, rank);
        PassOn(resources);
        return false;
    }

    public void Release(IReadOnlyList<string> resources)
    {
        foreach (var name in resources) _resources[name].Holder = null;
        PassOn(resources);
    }

    /// <summary>Wakes the next waiter of each resource that is free.</summary>
    public void PassOn(IReadOnlyList<string> resources)
    {
        foreach (var name in resources)
        {
            if (_resources.TryGetValue(name, out var resource) && resource.Holder is null && resource.Waiters.TryDequeue(out var step, out _)) wake(step);
        }
    }

    /// <summary>Leaves resources with their holder for good, and wakes all who wait for them.</summary>
    public void Lose(IReadOnlyList<string> resources)
    {
        foreach (var name in resources)
        {
            var resource = _resources[name];
            resource.IsLost = true;
            while (resource.Waiters.TryDequeue(out var step, out _)) wake(step);
        }
    }

    /// <summary>The step that one of the resources was lost to; null when none was.</summary>
    public int? LostTo(IReadOnlyList<string> resources)
    {
        foreach (var name in resources)
        {
            if (_resources.TryGetValue(name, out var resource) && resource.IsLost) return resource.Holder;
        }

        return null;
    }

    private sealed class Resource
    {
        public int? Holder { get; set; }

        public bool IsLost { get; set; }

        public PriorityQueue<int, long> Waiters { get; } = new();
    }
}
