namespace Slipway.Coordination.Plans;

/// <summary>
/// When and how often a transient failure or a timeout is tried again: the n-th retry waits
/// <c>FirstDelay * Factor^(n-1)</c>, at most <see cref="MaxDelay"/>, spread by <see cref="Jitter"/>, and never less than
/// the failure's own <c>retry_after</c>, of which a day is heeded at most.
/// </summary>
public sealed record RetryPolicy
{
    internal static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    /// <summary>Three retries after 1, 2 and 4 seconds.</summary>
    public static RetryPolicy Default { get; } = new();

    /// <summary>No retry at all.</summary>
    public static RetryPolicy None { get; } = new() { MaxRetries = 0 };

    /// <summary>Retries after the first attempt, 0 to 100. Default: 3.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>The wait before the first retry, 0 to a day. Default: 1 s.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By what each further wait grows, 1 to 10. Default: 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest computed wait, 0 to a day. Default: 5 minutes.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The share by which a wait is made shorter or longer at random, 0 to 1. Default: 0.2.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>The wait before a retry.</summary>
    /// <param name="retry">Which retry, counted from 1.</param>
    /// <param name="retryAfter">What the failing side asked for; null when nothing.</param>
    /// <param name="random">Spreads the wait; called once.</param>
    public TimeSpan DelayBefore(int retry, TimeSpan? retryAfter, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retry, 1);
        var planned = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(Factor, retry - 1), MaxDelay.TotalMilliseconds);
        var spread = planned * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
        var asked = Math.Min(retryAfter?.TotalMilliseconds ?? 0, LongestDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(spread, asked)));
    }
}
