using Slipway.Coordination.Dependencies.Resolving;
using Slipway.Coordination.Dependencies.Sources;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;

namespace Slipway.Coordination.Dependencies;

/// <summary>
/// Lets agents wait for what they need: other agents by their signals, resources, quality gates, and kinds of your own. All dependencies of
/// an agent are waited for at once; nothing is polled but resources that can only be asked, and who waits takes no slot. What can never
/// come, because nobody knows it or because agents wait for each other, is refused before anything waits. Safe to call from many threads.
/// </summary>
public sealed class DependencyResolver : IDisposable
{
    private readonly DependencyResolverOptions _options;
    private readonly DependencySessions _sessions;
    private readonly ResourceSource _resources;
    private readonly Dictionary<DependencyKind, IDependencySource> _sources;

    /// <summary>Makes a resolver.</summary>
    /// <param name="hub">Where agents tell that they have ended.</param>
    /// <param name="options">Null for the defaults.</param>
    public DependencyResolver(SignalHub hub, DependencyResolverOptions? options = null)
    {
        DependencyResolverOptions.Validate(_options = options ?? new DependencyResolverOptions());
        _sessions = new DependencySessions(hub, _options.Time);
        _resources = new ResourceSource(_options, _sessions);
        IDependencySource[] own = [new AgentCompletionSource(_sessions), _resources, new QualityGateSource(_sessions)];
        _sources = own.Concat(_options.Sources).ToDictionary(source => source.Kind);
    }

    /// <summary>Names what the agents of a coordination may wait for. May be called again; what it names adds up.</summary>
    /// <returns>What is wrong with the gates; those are left out.</returns>
    public IReadOnlyList<Diagnostic> Declare(string coordinationId, DependencyTargets targets)
    {
        var session = _sessions.Get(Named(coordinationId));
        session.Declare(targets.Agents, targets.Resources);
        return [.. targets.Gates.SelectMany(session.Gates.Define)];
    }

    /// <summary>Takes in a coordination whose signals and gates belong to somebody else, until it is cleared.</summary>
    internal void Open(string coordinationId, SignalHub hub, QualityGates gates, Func<SignalDraft, ValueTask<PublishResult>> publish) =>
        _sessions.Add(new DependencySession(coordinationId, hub, gates, publish));

    /// <summary>The quality gates of a coordination: define and score them here.</summary>
    public QualityGates GatesOf(string coordinationId) => _sessions.Get(Named(coordinationId)).Gates;

    /// <summary>Tells how available a resource is, and wakes who waits for it.</summary>
    /// <param name="resourceId">The resource, 1 to 100 characters.</param>
    /// <param name="availability">0 to 1. Default: 1.</param>
    /// <returns>Why it was refused, or null.</returns>
    public Diagnostic? MarkResourceAvailable(string resourceId, double availability = 1)
    {
        if (!DependencyCheck.IsName(resourceId)) return DependencyProblems.Value("resource_id", "A resource's name must be 1 to 100 characters without control characters", "Name the resource.");
        if (!(availability is >= 0 and <= 1)) return DependencyProblems.Value("availability", FormattableString.Invariant($"The availability {availability} of '{resourceId}' must be 0 to 1"), "Give a share from 0 to 1.");
        _resources.Mark(resourceId, availability);
        return null;
    }

    /// <summary>Says why an agent's wait would be refused, apart from cycles with others that wait by then; nothing waits.</summary>
    public IReadOnlyList<Diagnostic> Check(string coordinationId, string agentId, IReadOnlyList<Dependency> dependencies)
    {
        var problems = new List<Diagnostic>();
        if (!DependencyCheck.IsName(agentId)) problems.Add(DependencyProblems.Value("agent_id", "An agent's name must be 1 to 100 characters without control characters", "Name the agent."));
        DependencyCheck.Find(dependencies, problems);
        for (var i = 0; i < dependencies.Count; i++)
        {
            var (dependency, path) = (dependencies[i], $"dependencies[{i}]");
            if (!_sources.TryGetValue(dependency.Kind, out var source)) problems.Add(DependencyProblems.UnknownKind($"{path}.type", dependency, _sources.Keys));
            else
            {
                problems.AddRange(source.Check(dependency));
                if (!_options.AllowUnknownTargets && !source.IsKnown(Named(coordinationId), dependency.Target))
                    problems.Add(DependencyProblems.UnknownTarget($"{path}.target", coordinationId, dependency));
            }
        }

        return problems;
    }

    /// <summary>Waits for all dependencies of an agent at once.</summary>
    /// <param name="coordinationId">The coordination, 1 to 100 characters.</param>
    /// <param name="agentId">Who waits, 1 to 100 characters.</param>
    /// <param name="dependencies">For what; nothing is there at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How each ended. The first that will not come ends the wait for the others.</returns>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task<DependencyResolution> ResolveAsync(
        string coordinationId, string agentId, IReadOnlyList<Dependency> dependencies, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var problems = Check(coordinationId, agentId, dependencies);
        if (problems.Count > 0) return new DependencyResolution([], problems);
        var session = _sessions.Get(coordinationId);
        string[] targets = [.. dependencies.Where(dependency => dependency.Kind == DependencyKind.AgentCompletion).Select(dependency => dependency.Target)];
        if (session.TryEnter(agentId, targets, dependencies) is { } cycle) return new DependencyResolution([], [DependencyProblems.Cycle(agentId, cycle)]);
        try
        {
            return new DependencyResolution(await new AgentWait(session, agentId, _sources, _options).RunAsync(dependencies, cancellationToken), []);
        }
        finally
        {
            session.Leave(agentId, targets);
        }
    }

    /// <summary>Waits for the dependencies that a context names; see <see cref="DependencyJson.ReadContext"/>.</summary>
    /// <inheritdoc cref="ResolveAsync(string, string, IReadOnlyList{Dependency}, CancellationToken)"/>
    /// <param name="coordinationId">The coordination.</param>
    /// <param name="context">Who waits for what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<DependencyResolution> ResolveAsync(string coordinationId, DependencyList context, CancellationToken cancellationToken = default) =>
        context.Problems.Count > 0
            ? Task.FromResult(new DependencyResolution([], context.Problems))
            : ResolveAsync(coordinationId, context.AgentId, context.Dependencies, cancellationToken);

    /// <summary>How all dependencies stand that were ever waited for, sorted by agent and id.</summary>
    public IReadOnlyList<DependencyResult> GetStatuses(string coordinationId) => _sessions.Find(coordinationId)?.Results() ?? [];

    /// <summary>How a dependency stands, for each agent that waits or waited for it; empty when none did.</summary>
    public IReadOnlyList<DependencyResult> GetStatus(string coordinationId, string dependencyId) =>
        [.. GetStatuses(coordinationId).Where(result => result.DependencyId == dependencyId)];

    /// <summary>How many dependencies may still come. What has failed or timed out does not count.</summary>
    public int GetPendingCount(string coordinationId) => _sessions.Find(coordinationId)?.PendingCount ?? 0;

    /// <summary>
    /// Forgets a coordination: its targets, gates and results. Who waits there is told that it ended. Its signals stay with the hub, so use a
    /// new id to begin anew.
    /// </summary>
    /// <returns>False when nothing was known of it.</returns>
    public bool Clear(string coordinationId)
    {
        if (_sessions.Remove(coordinationId) is not { } session) return false;
        session.Dispose();
        return true;
    }

    /// <summary>Ends all waits.</summary>
    public void Dispose()
    {
        foreach (var id in _sessions.Ids) Clear(id);
        _resources.Dispose();
    }

    private static string Named(string coordinationId) => DependencyCheck.IsName(coordinationId)
        ? coordinationId
        : throw new ArgumentException("A coordination id must be 1 to 100 characters without control characters.", nameof(coordinationId));
}
