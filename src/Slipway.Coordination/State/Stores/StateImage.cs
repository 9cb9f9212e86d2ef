namespace Slipway.Coordination.State.Stores;

/// <summary>A stored state at its newest version.</summary>
/// <param name="Handle">Which state.</param>
/// <param name="Version">The version; 0 when nothing was ever written.</param>
/// <param name="Timestamp">When that version was made: UTC, to the millisecond; the beginning of time for version 0.</param>
/// <param name="Entries">The keys with their values and the versions that set them, in any order.</param>
public sealed record StateImage(StateHandle Handle, long Version, DateTimeOffset Timestamp, IReadOnlyList<KeyValuePair<string, StateEntry>> Entries);
