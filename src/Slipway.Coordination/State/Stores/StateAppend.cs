namespace Slipway.Coordination.State.Stores;

/// <summary>The answer to an append.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Version">The version of the stored state after it; 0 when the state was deleted.</param>
public readonly record struct StateAppend(StateAppendStatus Status, long Version);
