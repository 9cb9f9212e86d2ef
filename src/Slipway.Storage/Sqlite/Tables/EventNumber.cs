namespace Slipway.Storage.Sqlite.Tables;

/// <summary>
/// The key of an event: the number of its run and its sequence in one integer. SQLite keeps rows by integer in the cheapest of its
/// trees: appends go to the end of a page, and a search never reads a payload. (In a tree keyed by text it does, once a payload such
/// as a large plan flows over its page.)
/// </summary>
internal static class EventNumber
{
    private const long LargestSequence = 0xffff_ffff;

    public static long Of(long runNumber, long sequence) => sequence <= LargestSequence
        ? (runNumber << 32) | sequence
        : throw new InvalidOperationException("A run has more events than can be numbered.");

    /// <summary>The number before a run's first event.</summary>
    public static long Before(long runNumber) => runNumber << 32;

    /// <summary>The largest number an event of a run can have.</summary>
    public static long Last(long runNumber) => (runNumber << 32) | LargestSequence;

    public static long SequenceOf(long eventNumber) => eventNumber & LargestSequence;
}
