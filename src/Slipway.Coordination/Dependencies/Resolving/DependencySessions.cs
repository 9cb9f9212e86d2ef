using System.Collections.Concurrent;

namespace Slipway.Coordination.Dependencies.Resolving;

/// <summary>What is known of each coordination.</summary>
internal sealed class DependencySessions(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DependencySession> _sessions = new(StringComparer.Ordinal);

    public DependencySession Get(string coordinationId) =>
        _sessions.GetOrAdd(coordinationId, static (id, time) => new DependencySession(id, time), time);

    public DependencySession? Find(string coordinationId) => _sessions.GetValueOrDefault(coordinationId);

    public DependencySession? Remove(string coordinationId) => _sessions.TryRemove(coordinationId, out var session) ? session : null;

    public IReadOnlyList<string> Ids => [.. _sessions.Keys];
}
