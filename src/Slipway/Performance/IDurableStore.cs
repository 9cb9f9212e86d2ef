using Slipway.Coordination.Journal;

namespace Slipway.Performance;

/// <summary>A place for durable runs that benchmarks may fill. Disposing of it removes all they left.</summary>
public interface IDurableStore : IAsyncDisposable
{
    /// <summary>The journal of runs.</summary>
    IRunJournal Journal { get; }

    /// <summary>Closes the journal and opens it again, as another process would.</summary>
    Task ReopenAsync(CancellationToken cancellationToken);

    /// <summary>Commits one insert of an event's size after the other, and does nothing else: the floor of the same disk or server.</summary>
    Task CommitBareAsync(int commits, CancellationToken cancellationToken);

    /// <summary>How much the journal takes with all that was written, closed and opened again.</summary>
    /// <returns>The size in bytes; null where it is not known.</returns>
    Task<long?> MeasureSizeAsync(CancellationToken cancellationToken);
}
