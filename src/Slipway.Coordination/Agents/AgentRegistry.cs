using System.Collections;

namespace Slipway.Coordination.Agents;

/// <summary>The agents of a run by name. Fill it before the run starts; it is read from many threads afterwards.</summary>
public sealed class AgentRegistry : IEnumerable<KeyValuePair<string, IAgent>>
{
    private readonly Dictionary<string, IAgent> _agents = new(StringComparer.Ordinal);

    /// <summary>The names of all agents, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _agents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Adds an agent.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, IAgent agent) => _agents.Add(name, agent);

    /// <summary>Finds an agent; null when there is none of the name.</summary>
    public IAgent? Find(string name) => _agents.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IAgent>> GetEnumerator() => _agents.OrderBy(agent => agent.Key, StringComparer.Ordinal).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
