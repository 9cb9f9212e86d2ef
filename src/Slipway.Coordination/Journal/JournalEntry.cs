namespace Slipway.Coordination.Journal;

/// <summary>One event at its place in a run's journal.</summary>
/// <param name="Sequence">The position, counted from 1 without gaps.</param>
/// <param name="At">When it was appended, UTC, to the millisecond.</param>
/// <param name="Event">What happened.</param>
public sealed record JournalEntry(long Sequence, DateTimeOffset At, RunEvent Event);
