namespace Slipway.Coordination.Runs;

/// <summary>
/// Who modifies what within a run. A step takes all its resources at once or none, so nobody holds one while waiting for another and
/// no deadlock is possible. A freed resource wakes one waiter, the first by rank.
/// </summary>
/// <param name="wake">Called with a step that should try again.</param>
internal sealed class ResourceLocks(Action<int> wake)
{
    private readonly Dictionary<string, Resource> _resources = new(StringComparer.Ordinal);

    /// <summary>Takes all resources, or parks the step at the first busy one.</summary>
    public bool TryAcquire(int step, int rank, IReadOnlyList<string> resources)
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
        foreach (var name in resources) WakeOne(_resources[name]);
        return false;
    }

    public void Release(IReadOnlyList<string> resources)
    {
        foreach (var name in resources)
        {
            var resource = _resources[name];
            resource.Holder = null;
            WakeOne(resource);
        }
    }

    /// <summary>A step that holds one of the resources; null when all are free.</summary>
    public int? HolderOfAny(IReadOnlyList<string> resources)
    {
        foreach (var name in resources)
        {
            if (_resources.TryGetValue(name, out var resource) && resource.Holder is { } holder) return holder;
        }

        return null;
    }

    private void WakeOne(Resource resource)
    {
        if (resource.Holder is null && resource.Waiters.TryDequeue(out var step, out _)) wake(step);
    }

    private sealed class Resource
    {
        public int? Holder { get; set; }

        public PriorityQueue<int, int> Waiters { get; } = new();
    }
}
