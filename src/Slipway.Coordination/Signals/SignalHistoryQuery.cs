namespace Slipway.Coordination.Signals;

/// <summary>Which signals of a history are wanted.</summary>
public sealed record SignalHistoryQuery
{
    /// <summary>Which signals; null for all. Default: null.</summary>
    public SignalFilter? Filter { get; init; }

    /// <summary>At most so many, at least 1; null for all. Default: null.</summary>
    public int? Limit { get; init; }

    /// <summary>True to begin with the oldest. Default: false, newest first.</summary>
    public bool OldestFirst { get; init; }
}
