namespace Slipway.Coordination.Runs;

/// <summary>What an attempt has that can be stopped for itself: one with timeouts or locks. The others do without, and stay small.</summary>
/// <param name="lockToken">The fencing token of what it holds; null when it holds nothing.</param>
/// <param name="now">The run's clock.</param>
internal sealed class AttemptLimits(long? lockToken, TimeSpan now)
{
    private long _lastSignTicks = now.Ticks;

    public CancellationTokenSource Source { get; } = new();

    public long? LockToken => lockToken;

    /// <summary>When the attempt last gave a sign of life; written by the agent, read by the loop.</summary>
    public TimeSpan LastSign
    {
        get => new(Volatile.Read(ref _lastSignTicks));
        set => Volatile.Write(ref _lastSignTicks, value.Ticks);
    }
}
