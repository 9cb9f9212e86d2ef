namespace Slipway.Coordination.Hosting;

/// <summary>How a host takes up runs.</summary>
public sealed record RunHostOptions
{
    /// <summary>What the host is called in the log. Default: <c>host</c>.</summary>
    public string Name { get; init; } = "host";

    /// <summary>How many runs it has at once, 1 to 10,000; a run that waits for people counts. Default: 50.</summary>
    public int MaxConcurrentRuns { get; init; } = 50;

    /// <summary>How long a run that cannot go on here is left alone, and the journal when it fails: at first, then twice as long each time, 1 ms to 1 h. Default: 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long at most, <see cref="RetryDelay"/> to 1 day; a run whose agents are not known here is left alone so long at once. Default: 5 min.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromMinutes(5);

    internal static void Validate(RunHostOptions options)
    {
        var problem = string.IsNullOrEmpty(options.Name) ? "Name must not be empty"
            : options.MaxConcurrentRuns is < 1 or > 10_000 ? "MaxConcurrentRuns must be 1 to 10,000"
            : options.RetryDelay < TimeSpan.FromMilliseconds(1) || options.RetryDelay > TimeSpan.FromHours(1) ? "RetryDelay must be 1 ms to 1 h"
            : options.LongestRetryDelay < options.RetryDelay || options.LongestRetryDelay > TimeSpan.FromDays(1) ? "LongestRetryDelay must be RetryDelay to 1 day"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(options), problem);
    }

    /// <summary>The wait after so many failures in a row.</summary>
    internal TimeSpan DelayAfter(int failures)
    {
        var delay = RetryDelay;
        for (var i = 1; i < failures && delay < LongestRetryDelay; i++) delay += delay;
        return delay < LongestRetryDelay ? delay : LongestRetryDelay;
    }
}
