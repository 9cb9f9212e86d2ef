using System.Text;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>Since when a rule keeps quiet, for each set of tags it fired on.</summary>
internal sealed class QuietTimes
{
    private const int MostTagSets = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset FiredAt, long HeldBack)> _fired = new(StringComparer.Ordinal);

    public bool TryFire(Metric metric, TimeSpan cooldown, out long heldBack)
    {
        heldBack = 0;
        if (cooldown == TimeSpan.Zero) return true;
        var key = KeyOf(metric.Tags);
        lock (_gate)
        {
            if (_fired.TryGetValue(key, out var last) && metric.Timestamp - last.FiredAt < cooldown)
            {
                _fired[key] = last with { HeldBack = last.HeldBack + 1 };
                return false;
            }

            if (_fired.Count >= MostTagSets) Forget(metric.Timestamp - cooldown);
            _fired[key] = (metric.Timestamp, 0);
            heldBack = last.HeldBack;
            return true;
        }
    }

    private static string KeyOf(IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0) return "";
        var key = new StringBuilder();
        foreach (var (name, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)) key.Append(name).Append('\0').Append(value).Append('\0');
        return key.ToString();
    }

    /// <summary>Lets go of those that are not quiet any more, and of all where that is not enough: rather an alert too many than memory without bound.</summary>
    private void Forget(DateTimeOffset before)
    {
        foreach (var (key, last) in _fired.ToList())
        {
            if (last.FiredAt <= before) _fired.Remove(key);
        }

        if (_fired.Count >= MostTagSets) _fired.Clear();
    }
}
