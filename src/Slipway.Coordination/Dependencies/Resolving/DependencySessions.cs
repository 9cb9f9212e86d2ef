using System.Collections.Concurrent;
using Slipway.Coordination.Signals;

namespace Slipway.Coordination.Dependencies.Resolving;

/// <summary>What is known of each coordination.</summary>
internal sealed class DependencySessions(SignalHub hub, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DependencySession> _sessions = new(StringComparer.Ordinal);

    public DependencySession Get(string coordinationId) =>
        _sessions.GetOrAdd(coordinationId, static (id, own) => new DependencySession(id, own.hub, own.time), (hub, time));

    /// <summary>Takes in a coordination of somebody else.</summary>
    public void Add(DependencySession session)
    {
        if (!_sessions.TryAdd(session.Id, session)) throw new InvalidOperationException($"The coordination '{session.Id}' is known already.");
    }

    public DependencySession? Find(string coordinationId) => _sessions.GetValueOrDefault(coordinationId);

    public DependencySession? Remove(string coordinationId) => _sessions.TryRemove(coordinationId, out var session) ? session : null;

    public IReadOnlyList<string> Ids => [.. _sessions.Keys];
}
