namespace Slipway.Coordination.Signals;

/// <summary>Where a subscription begins.</summary>
public readonly record struct SignalStart
{
    private SignalStart(long position) => Position = position;

    /// <summary>With the next signal that is published.</summary>
    public static SignalStart Now => default;

    /// <summary>With the first signal of the coordination.</summary>
    public static SignalStart Beginning { get; } = new(1);

    /// <summary>The first position to give, or 0 for the next one.</summary>
    internal long Position { get; }

    /// <summary>With the signal at a position, counted from 1; one that is still to come is waited for.</summary>
    public static SignalStart At(long position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        return new(position);
    }

    /// <summary>With the signal after the last one seen.</summary>
    public static SignalStart After(Signal signal) => new(signal.Position + 1);
}
