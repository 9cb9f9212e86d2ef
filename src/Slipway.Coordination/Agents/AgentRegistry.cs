using System.Collections;
using System.Collections.Concurrent;

namespace Slipway.Coordination.Agents;

/// <summary>
/// The agents by name. Safe for use from many threads at once, also while agents come and go: a run that has begun a step keeps the
/// agent it found.
/// </summary>
/// <param name="time">The clock of heartbeats; null for the system's.</param>
public sealed class AgentRegistry(TimeProvider? time = null) : IEnumerable<KeyValuePair<string, IAgent>>
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, RegisteredAgent> _agents = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>The names of all agents, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _agents.Keys.Order(StringComparer.Ordinal)];

    /// <summary>All agents with how they stand, sorted by name.</summary>
    public IReadOnlyList<RegisteredAgent> Entries => [.. _agents.Values.OrderBy(agent => agent.Name, StringComparer.Ordinal)];

    /// <summary>Grows whenever an agent comes or goes.</summary>
    internal long Version => Volatile.Read(ref _version);

    internal TimeProvider Time => _time;

    /// <summary>Adds an agent of which only the name is known: no capabilities, priority 50, no limit.</summary>
    /// <exception cref="ArgumentException">The name is taken, empty or longer than 100 characters.</exception>
    public void Add(string name, IAgent agent) => Register(new AgentDescriptor { Name = name }, agent);

    /// <summary>Adds an agent. It is active from now on, and its heartbeat interval begins.</summary>
    /// <exception cref="ArgumentException">The name is taken, or a value of the descriptor is out of its range.</exception>
    public RegisteredAgent Register(AgentDescriptor descriptor, IAgent agent)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(agent);
        AgentDescriptor.Validate(descriptor);
        var entry = new RegisteredAgent(descriptor, agent, _time);
        if (!_agents.TryAdd(descriptor.Name, entry)) throw new ArgumentException($"There is an agent '{descriptor.Name}' already.", nameof(descriptor));
        Interlocked.Increment(ref _version);
        return entry;
    }

    /// <summary>Takes an agent out. What it is doing goes on.</summary>
    /// <returns>True when there was one of the name.</returns>
    public bool Remove(string name)
    {
        if (!_agents.TryRemove(name, out _)) return false;
        Interlocked.Increment(ref _version);
        return true;
    }

    /// <summary>A sign of life: an agent that was inactive is active again. Maintenance and error stay.</summary>
    /// <param name="name">The agent.</param>
    /// <param name="load">How busy it is beyond what this registry gave it, 0 to 1. Default: 0.</param>
    /// <returns>True when there is one of the name.</returns>
    public bool Heartbeat(string name, double load = 0)
    {
        if (!(load is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(load), load, "A load is 0 to 1.");
        if (!_agents.TryGetValue(name, out var entry)) return false;
        entry.Heartbeat(load);
        return true;
    }

    /// <summary>Says how an agent stands. Setting it active counts as a sign of life.</summary>
    /// <returns>True when there is one of the name.</returns>
    public bool SetStatus(string name, AgentStatus status)
    {
        if (status is < AgentStatus.Active or > AgentStatus.Error) throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status.");
        if (!_agents.TryGetValue(name, out var entry)) return false;
        entry.SetStatus(status);
        return true;
    }

    /// <summary>Finds an agent; null when there is none of the name.</summary>
    public IAgent? Find(string name) => FindEntry(name)?.Agent;

    /// <summary>Finds an agent with how it stands; null when there is none of the name.</summary>
    public RegisteredAgent? FindEntry(string name) => _agents.GetValueOrDefault(name);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, IAgent>> GetEnumerator() => Entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Agent)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
