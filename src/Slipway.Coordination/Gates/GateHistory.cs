namespace Slipway.Coordination.Gates;

/// <summary>The scores of a gate.</summary>
/// <param name="Scores">Those that are kept, newest first.</param>
/// <param name="Dropped">How many older ones made room.</param>
public sealed record GateHistory(IReadOnlyList<GateScore> Scores, long Dropped);
