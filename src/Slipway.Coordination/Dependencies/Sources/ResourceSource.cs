using System.Collections.Concurrent;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Dependencies.Resolving;

namespace Slipway.Coordination.Dependencies.Sources;

/// <summary>Resources that can be used: marked, or asked by a probe. They belong to no coordination: a database is the same for all.</summary>
internal sealed class ResourceSource(DependencyResolverOptions options, DependencySessions sessions) : IDependencySource, IDisposable
{
    private readonly ConcurrentDictionary<string, WatchedResource> _resources = new(StringComparer.Ordinal);
    private readonly AgentCapacity _slots = new(options.MaxConcurrentResolutions);

    public DependencyKind Kind => DependencyKind.ResourceAvailability;

    public bool IsKnown(string coordinationId, string target) =>
        _resources.ContainsKey(target) || options.Probes.ContainsKey(target) || sessions.Get(coordinationId).HasResource(target);

    public void Mark(string resourceId, double availability) => Find(resourceId).Mark(availability);

    public Task<DependencyOutcome> WaitAsync(DependencyWait wait, CancellationToken cancellationToken) =>
        Find(wait.Dependency.Target).WaitAsync((ResourceMetadata)wait.Dependency.Metadata, cancellationToken);

    public string? Explain(DependencyWait wait) => Find(wait.Dependency.Target).Explain((ResourceMetadata)wait.Dependency.Metadata);

    public void Dispose()
    {
        foreach (var resource in _resources.Values) resource.Dispose();
    }

    private WatchedResource Find(string id) => _resources.GetOrAdd(
        id, static (id, source) => source.Open(id), this);

    private WatchedResource Open(string id) => new(id, options.Probes.GetValueOrDefault(id), _slots, options.Time);
}
