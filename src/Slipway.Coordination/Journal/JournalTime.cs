namespace Slipway.Coordination.Journal;

/// <summary>The time of journal entries: UTC, to the millisecond.</summary>
internal static class JournalTime
{
    public static DateTimeOffset Now(TimeProvider time) => Truncate(time.GetUtcNow());

    public static DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
