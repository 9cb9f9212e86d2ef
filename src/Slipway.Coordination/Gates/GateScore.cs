namespace Slipway.Coordination.Gates;

/// <summary>A score that a gate was given.</summary>
/// <param name="Number">Which score of the gate it is, counted from 1.</param>
/// <param name="Score">The score.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When, UTC.</param>
public sealed record GateScore(long Number, double Score, string By, DateTimeOffset At);
