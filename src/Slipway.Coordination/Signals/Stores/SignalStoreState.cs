namespace Slipway.Coordination.Signals.Stores;

/// <summary>How far a stored coordination is.</summary>
/// <param name="LastPosition">The newest position; 0 when there is none.</param>
/// <param name="IsCompleted">True when nothing more can be appended.</param>
public readonly record struct SignalStoreState(long LastPosition, bool IsCompleted);
