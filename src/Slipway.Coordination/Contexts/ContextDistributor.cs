using System.Collections.Concurrent;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Contexts;

/// <summary>
/// Gives each agent of a coordination its package, all or none, and keeps the packages until the coordination is cleared. What all agents know
/// is kept once, so an agent more costs what is its own. Reads never wait and see a package whole. All members are safe to call from many
/// threads.
/// </summary>
public sealed class ContextDistributor
{
    private static readonly IReadOnlyDictionary<string, AgentContext> NoContexts = new Dictionary<string, AgentContext>(StringComparer.Ordinal);
    private static readonly IReadOnlyDictionary<string, Diagnostic> NoRefusals = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ContextDistributorOptions _options;
    private readonly ConcurrentDictionary<string, CoordinationContexts> _coordinations = new(StringComparer.Ordinal);

    /// <summary>A distributor without packages.</summary>
    /// <param name="options">Defaults and limits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ContextDistributor(ContextDistributorOptions? options = null)
    {
        _options = options ?? new ContextDistributorOptions();
        ContextDistributorOptions.Validate(_options);
    }

    /// <summary>
    /// Makes the packages of a coordination, or of agents that join it. Everything is checked before anything is stored. What is given is copied
    /// where it could still change.
    /// </summary>
    public ContextDistribution Distribute(ContextRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_options.Metrics?.Instruments is not { } instruments) return DistributeNow(request);
        var begun = _options.Time.GetTimestamp();
        var distribution = DistributeNow(request);
        if (distribution.Contexts.Count > 0) instruments.ContextTime.Record(_options.Time.GetElapsedTime(begun) / distribution.Contexts.Count, request.CoordinationId);
        return distribution;
    }

    /// <summary>Says what is wrong with a distribution beside what is there already; nothing is stored.</summary>
    internal IReadOnlyList<Diagnostic> Check(ContextRequest request)
    {
        var problems = new List<Diagnostic>();
        ContextRequestCheck.Check(request, _options, problems);
        return problems;
    }

    internal ContextDistributorOptions Options => _options;

    /// <summary>The newest package of an agent; null when there is none.</summary>
    public AgentContext? Get(string coordinationId, string agentId)
    {
        ArgumentNullException.ThrowIfNull(agentId);
        return _coordinations.TryGetValue(coordinationId, out var contexts) ? contexts.Find(agentId) : null;
    }

    /// <summary>The agents of a coordination that have packages, in ordinal order; none when it is not known.</summary>
    public IReadOnlyList<string> List(string coordinationId) =>
        _coordinations.TryGetValue(coordinationId, out var contexts) ? contexts.AgentIds : [];

    /// <summary>The coordinations that have packages, in ordinal order.</summary>
    public IReadOnlyList<string> ListCoordinations() => [.. _coordinations.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// Tells something to all agents or to some. To tell all costs what was told, and again for each agent that had been told something by name;
    /// agents that know the same go on sharing it.
    /// </summary>
    public ContextUpdateResult Update(ContextUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        var problems = new List<Diagnostic>();
        if (!Enum.IsDefined(update.Field))
            problems.Add(ContextRules.Problem(ContextCodes.Range, "update_type", $"'{(int)update.Field}' is no part of shared intelligence", $"Use one of: {string.Join(", ", ContextNames.Fields.Keys)}."));
        else
            ContextRules.Check(update.Field, update.Data, "update_data", problems);
        if (problems.Count > 0) return new ContextUpdateResult([], NoRefusals, problems);
        var data = ContextCopies.Of(update.Data);
        lock (_gate)
        {
            if (!_coordinations.TryGetValue(update.CoordinationId, out var contexts))
                return new ContextUpdateResult([], NoRefusals, [ContextRequestCheck.UnknownCoordination(update.CoordinationId)]);
            var merge = new SharedMerge(update.Field, data, _options.MaxSharedBytes);
            var (next, result) = update.TargetAgents is { } targets
                ? contexts.ToldSome(targets, merge, update.IncrementVersion)
                : contexts.ToldAll(merge, update.IncrementVersion);
            _coordinations[update.CoordinationId] = next;
            return result;
        }
    }

    /// <summary>Forgets all packages of a coordination.</summary>
    /// <returns>False when it is not known.</returns>
    public bool Clear(string coordinationId)
    {
        lock (_gate) return _coordinations.TryRemove(coordinationId, out _);
    }

    private ContextDistribution DistributeNow(ContextRequest request)
    {
        var problems = new List<Diagnostic>();
        ContextRequestCheck.Check(request, _options, problems);
        if (problems.Count > 0) return new ContextDistribution(NoContexts, problems);
        var assignments = request.Assignments.Select(assignment => (Id: assignment.Key, Assignment: ContextCopies.Of(assignment.Value))).ToList();
        var shared = request.Shared is { } given ? ContextCopies.Of(given) : null;
        lock (_gate)
        {
            var known = _coordinations.GetValueOrDefault(request.CoordinationId);
            ContextRequestCheck.CheckAgainst(request, known, _coordinations.Count, _options, problems);
            if (problems.Count > 0) return new ContextDistribution(NoContexts, problems);
            var agents = known is null ? new Dictionary<string, CoordinationContexts.Part>(assignments.Count, StringComparer.Ordinal) : new(known.Agents, StringComparer.Ordinal);
            var createdAt = request.CreatedAt ?? JournalTime.Now(_options.Time);
            var protocols = request.Protocols ?? _options.DefaultProtocols;
            foreach (var (id, assignment) in assignments)
            {
                var metadata = new CoordinationMetadata
                {
                    SessionId = request.SessionId,
                    CoordinationId = request.CoordinationId,
                    AgentId = id,
                    AgentRole = assignment.AgentRole ?? id,
                    ParentWorkflowId = request.ParentWorkflowId,
                    CreatedAt = createdAt,
                };
                var resources = request.Resources?.GetValueOrDefault(id) ?? _options.DefaultResources;
                agents[id] = new CoordinationContexts.Part(metadata, assignment, protocols, resources, known?.Increments ?? 0);
            }

            var next = known is null
                ? new CoordinationContexts { SessionId = request.SessionId, Agents = agents, AgentIds = CoordinationContexts.IdsOf(agents), Shared = shared ?? SharedIntelligence.Empty }
                : known.Joined(agents);
            _coordinations[request.CoordinationId] = next;
            return new ContextDistribution(assignments.ToDictionary(agent => agent.Id, agent => next.Find(agent.Id)!, StringComparer.Ordinal), []);
        }
    }
}
