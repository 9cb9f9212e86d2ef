using Slipway.Coordination.Dependencies.Sources;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Graphs;
using Slipway.Coordination.Signals;

namespace Slipway.Coordination.Dependencies.Resolving;

/// <summary>One coordination: who takes part, who waits for whom, and how each dependency stands.</summary>
internal sealed class DependencySession : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _agents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<SignalType, CompletionFeed> _feeds = [];
    private readonly Dictionary<(string Agent, string Dependency), DependencyResult> _results = [];
    private readonly Dictionary<string, List<string[]>> _waits = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _close = new();

    private readonly Func<SignalDraft, ValueTask<PublishResult>> _publish;
    private readonly bool _ownsGates;

    /// <summary>A coordination with gates of its own, whose signals go by a hub.</summary>
    public DependencySession(string id, SignalHub hub, TimeProvider time)
        : this(id, hub, new QualityGates(id, new QualityGatesOptions { Time = time }), draft => ValueTask.FromResult(hub.Publish(id, draft))) => _ownsGates = true;

    /// <summary>A coordination whose signals and gates belong to somebody else.</summary>
    public DependencySession(string id, SignalHub hub, QualityGates gates, Func<SignalDraft, ValueTask<PublishResult>> publish)
    {
        (Id, Hub, Gates, _publish) = (id, hub, gates, publish);
        Closed = _close.Token;
    }

    public string Id { get; }

    /// <summary>Where its agents tell that they have ended.</summary>
    public SignalHub Hub { get; }

    public QualityGates Gates { get; }

    /// <summary>Ends all waits when the session is closed.</summary>
    public CancellationToken Closed { get; }

    public int PendingCount
    {
        get
        {
            lock (_gate) return _results.Values.Count(result => result.IsPending);
        }
    }

    public ValueTask<PublishResult> PublishAsync(SignalDraft draft) => _publish(draft);

    public void Declare(IEnumerable<string> agents, IEnumerable<string> resources)
    {
        lock (_gate)
        {
            _agents.UnionWith(agents);
            _resources.UnionWith(resources);
        }
    }

    public bool HasAgent(string agentId)
    {
        lock (_gate) return _agents.Contains(agentId);
    }

    public bool HasResource(string resourceId)
    {
        lock (_gate) return _resources.Contains(resourceId);
    }

    public CompletionFeed FeedOf(SignalType type)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(type, out var feed)) _feeds.Add(type, feed = new CompletionFeed(Hub, Id, type));
            if (Closed.IsCancellationRequested) feed.Close();
            return feed;
        }
    }

    /// <summary>Notes that an agent begins to wait, unless somebody it waits for waits for it.</summary>
    /// <returns>The cycle, or null; then <see cref="Leave"/> must follow.</returns>
    public string? TryEnter(string agentId, string[] targets, IReadOnlyList<Dependency> dependencies)
    {
        lock (_gate)
        {
            if (FindCycle(agentId, targets) is { } cycle) return cycle;
            if (!_waits.TryGetValue(agentId, out var waits)) _waits.Add(agentId, waits = []);
            waits.Add(targets);
            _agents.Add(agentId);
            foreach (var dependency in dependencies)
            {
                _results[(agentId, dependency.Id)] = new DependencyResult
                {
                    CoordinationId = Id,
                    AgentId = agentId,
                    DependencyId = dependency.Id,
                    Status = DependencyStatus.Pending,
                };
            }
        }

        return null;
    }

    public void Leave(string agentId, string[] targets)
    {
        lock (_gate)
        {
            if (_waits.TryGetValue(agentId, out var waits) && waits.Remove(targets) && waits.Count == 0) _waits.Remove(agentId);
        }
    }

    /// <summary>Notes how a dependency stands.</summary>
    public DependencyResult Set(string agentId, string dependencyId, Func<DependencyResult, DependencyResult> change)
    {
        lock (_gate) return _results[(agentId, dependencyId)] = change(_results[(agentId, dependencyId)]);
    }

    public IReadOnlyList<DependencyResult> Results()
    {
        lock (_gate)
        {
            return
            [
                .. _results.Values.OrderBy(result => result.AgentId, StringComparer.Ordinal).ThenBy(result => result.DependencyId, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Ends all waits.</summary>
    public void Dispose()
    {
        _close.Cancel();
        _close.Dispose();
        lock (_gate)
        {
            foreach (var feed in _feeds.Values) feed.Close();
        }

        if (_ownsGates) Gates.Clear();
    }

    // Only who is reached from the new waits can close a cycle, and only through the agent itself.
    private string? FindCycle(string agentId, string[] targets)
    {
        var edges = new Dictionary<string, IEnumerable<string>>(StringComparer.Ordinal) { [agentId] = targets.Concat(WaitsOf(agentId)) };
        var open = new Stack<string>(edges[agentId]);
        var isCycle = false;
        while (open.TryPop(out var agent))
        {
            isCycle |= agent == agentId;
            if (edges.ContainsKey(agent)) continue;
            edges.Add(agent, WaitsOf(agent));
            foreach (var target in edges[agent]) open.Push(target);
        }

        if (!isCycle) return null;
        var builder = new DirectedGraphBuilder(edges.Count);
        foreach (var (agent, waitsFor) in edges) builder.AddNode(agent, waitsFor);
        return builder.Build().Problems.OfType<DependencyCycle>().First().ToString();
    }

    private IEnumerable<string> WaitsOf(string agentId) => _waits.TryGetValue(agentId, out var waits) ? waits.SelectMany(targets => targets) : [];
}
