namespace Slipway.Coordination.Agents;

/// <summary>Compares capabilities, and keeps the comparisons of recent needs until an agent comes or goes.</summary>
internal sealed class CapabilityCache(AgentRegistry registry, MatchOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _byAge = [];
    private long _misses;

    public long Misses => Volatile.Read(ref _misses);

    public IReadOnlyList<ComparedAgent> Get(AgentNeed need)
    {
        var requires = Normalize(need.Requires);
        var prefers = Normalize(need.Prefers.Except(need.Requires, StringComparer.Ordinal));
        var key = string.Join('\u0001', [.. requires, "\u0002", .. prefers]);
        // Read before the agents are: who comes meanwhile voids what is kept.
        var version = registry.Version;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var known) && known.Version == version && registry.Time.GetElapsedTime(known.MadeAt) < options.CacheLifetime) return known.Compared;
        }

        Interlocked.Increment(ref _misses);
        ComparedAgent[] compared = [.. registry.Entries.Select(agent => Compare(agent, requires, prefers))];
        lock (_gate) Keep(key, new Entry(compared, version, registry.Time.GetTimestamp()));
        return compared;
    }

    private void Keep(string key, Entry entry)
    {
        if (options.CacheSize == 0) return;
        if (!_entries.ContainsKey(key))
        {
            if (_entries.Count == options.CacheSize)
            {
                _entries.Remove(_byAge.First!.Value);
                _byAge.RemoveFirst();
            }

            _byAge.AddLast(key);
        }

        _entries[key] = entry;
    }

    private static ComparedAgent Compare(RegisteredAgent agent, string[] requires, string[] prefers)
    {
        var has = agent.Descriptor.Capabilities.ToHashSet(StringComparer.Ordinal);
        var asked = requires.Length + prefers.Length;
        if (asked == 0) return new ComparedAgent(agent, 1, AgentFit.Fits);
        var met = requires.Count(has.Contains);
        var shared = met + prefers.Count(has.Contains);
        var fit = met < requires.Length ? AgentFit.LacksRequired : shared == 0 ? AgentFit.NothingInCommon : AgentFit.Fits;
        return new ComparedAgent(agent, shared / (double)(has.Count + asked - shared), fit);
    }

    private static string[] Normalize(IEnumerable<string> capabilities) => [.. capabilities.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed record Entry(IReadOnlyList<ComparedAgent> Compared, long Version, long MadeAt);
}
