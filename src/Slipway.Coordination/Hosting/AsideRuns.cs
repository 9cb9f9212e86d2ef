namespace Slipway.Coordination.Hosting;

/// <summary>The runs that cannot go on at a host just now, and when each is tried again. For use by one thread.</summary>
/// <param name="options">How long they wait.</param>
internal sealed class AsideRuns(RunHostOptions options)
{
    /// <summary>A step of the plan names an agent that is not here.</summary>
    private const string UnknownAgent = "SLW5004";

    private readonly Dictionary<string, Entry> _runs = new(StringComparer.Ordinal);

    /// <summary>Puts a run aside.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="reason">Why: the code of a diagnostic, or the name of an exception.</param>
    /// <param name="now">The time.</param>
    /// <returns>How long, and whether it is for another reason than the last time.</returns>
    public (TimeSpan Delay, bool IsNews) Put(string runId, string reason, TimeSpan now)
    {
        var known = _runs.GetValueOrDefault(runId);
        var failures = (known?.Failures ?? 0) + 1;
        var delay = reason is UnknownAgent ? options.LongestRetryDelay : options.DelayAfter(failures);
        _runs[runId] = new Entry(reason, failures, now + delay);
        return (delay, known?.Reason != reason);
    }

    public void Forget(string runId) => _runs.Remove(runId);

    /// <summary>An agent came or went: runs that waited for one may be tried.</summary>
    public void RetryUnknownAgents()
    {
        foreach (var (runId, entry) in _runs)
        {
            if (entry.Reason is UnknownAgent) _runs[runId] = entry with { RetryAt = TimeSpan.Zero };
        }
    }

    /// <summary>Adds the runs that still wait to a set.</summary>
    /// <returns>When the first of them is to be tried; null when none waits.</returns>
    public TimeSpan? AddTo(HashSet<string> except, TimeSpan now)
    {
        TimeSpan? next = null;
        foreach (var (runId, entry) in _runs)
        {
            // One that nobody found for long has ended elsewhere.
            if (entry.RetryAt + options.LongestRetryDelay < now) _runs.Remove(runId);
            if (entry.RetryAt <= now) continue;
            except.Add(runId);
            if (next is null || entry.RetryAt < next) next = entry.RetryAt;
        }

        return next;
    }

    private sealed record Entry(string Reason, int Failures, TimeSpan RetryAt);
}
