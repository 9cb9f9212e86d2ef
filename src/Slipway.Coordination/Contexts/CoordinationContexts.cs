using System.Collections.Immutable;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>
/// All packages of one coordination, immutable: an update makes another, so a reader sees one whole. What all know is one object; only an agent
/// that was told something by name has its own beside it.
/// </summary>
internal sealed record CoordinationContexts
{
    private static readonly IReadOnlyDictionary<string, Diagnostic> NoRefusals = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);

    public required string SessionId { get; init; }

    public required Dictionary<string, Part> Agents { get; init; }

    public required SharedIntelligence Shared { get; init; }

    /// <summary>How many updates of all agents counted.</summary>
    public long Increments { get; init; }

    /// <summary>What single agents were told beside the others.</summary>
    public ImmutableDictionary<string, Own> Told { get; init; } = ImmutableDictionary.Create<string, Own>(StringComparer.Ordinal);

    /// <summary>The agents in ordinal order.</summary>
    public required IReadOnlyList<string> AgentIds { get; init; }

    public static IReadOnlyList<string> IdsOf(Dictionary<string, Part> agents) => [.. agents.Keys.Order(StringComparer.Ordinal)];

    public CoordinationContexts Joined(Dictionary<string, Part> agents) => this with { Agents = agents, AgentIds = IdsOf(agents) };

    public (CoordinationContexts Next, ContextUpdateResult Result) ToldAll(SharedMerge merge, bool isCounted)
    {
        var told = Told.ToBuilder();
        var isSmallEnough = merge.Into(Shared) is not null;
        foreach (var (id, own) in Told)
        {
            if (merge.Into(own.Shared) is { } shared) told[id] = own with { Shared = shared };
            else isSmallEnough = false;
        }

        if (!isSmallEnough) return (this, new ContextUpdateResult([], NoRefusals, [merge.TooLarge()]));
        var next = this with { Shared = merge.Into(Shared)!, Told = told.ToImmutable(), Increments = Increments + (isCounted ? 1 : 0) };
        return (next, new ContextUpdateResult(AgentIds, NoRefusals, []));
    }

    public (CoordinationContexts Next, ContextUpdateResult Result) ToldSome(IReadOnlyCollection<string> targets, SharedMerge merge, bool isCounted)
    {
        var told = Told.ToBuilder();
        var updated = new SortedSet<string>(StringComparer.Ordinal);
        var refused = new Dictionary<string, Diagnostic>(StringComparer.Ordinal);
        foreach (var id in targets.Distinct(StringComparer.Ordinal))
        {
            if (!Agents.ContainsKey(id))
            {
                refused[id] = ContextRules.Problem(ContextCodes.UnknownAgent, "target_agents", $"The agent '{id}' has no package here", ContextRules.MeantOr(id, AgentIds, "Name an agent of the coordination."));
            }
            else if (merge.Into(SharedOf(id)) is not { } shared)
            {
                refused[id] = merge.TooLarge();
            }
            else
            {
                told[id] = new Own(shared, (Told.GetValueOrDefault(id)?.Increments ?? 0) + (isCounted ? 1 : 0));
                updated.Add(id);
            }
        }

        return (this with { Told = told.ToImmutable() }, new ContextUpdateResult([.. updated], refused, []));
    }

    public SharedIntelligence SharedOf(string agentId) => Told.TryGetValue(agentId, out var own) ? own.Shared : Shared;

    public AgentContext? Find(string agentId)
    {
        if (!Agents.TryGetValue(agentId, out var part)) return null;
        Told.TryGetValue(agentId, out var own);
        return new AgentContext
        {
            CoordinationMetadata = part.Metadata,
            SharedIntelligence = own?.Shared ?? Shared,
            AgentAssignment = part.Assignment,
            CoordinationProtocols = part.Protocols,
            ResourceAllocation = part.Resources,
            ContextVersion = 1 + Increments - part.IncrementsAtStart + (own?.Increments ?? 0),
        };
    }

    /// <summary>What an agent has for itself.</summary>
    internal sealed record Part(
        CoordinationMetadata Metadata, AgentAssignment Assignment, CoordinationProtocols Protocols, ResourceAllocation Resources, long IncrementsAtStart);

    /// <summary>What an agent was told by name, on top of what all know.</summary>
    internal sealed record Own(SharedIntelligence Shared, long Increments);
}
