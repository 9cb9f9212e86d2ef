using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Replay;
using Slipway.Storage;
using Slipway.Storage.Sqlite;

namespace Slipway.Cli.Hosting;

/// <summary>Finds and reads the runs of a platform, or says why not.</summary>
internal static class KnownRuns
{
    private const string Unreadable = "SLW5209";

    /// <summary>Reads a run, and who works on it.</summary>
    /// <returns>The run, with the lease that is valid or null; or why it cannot be read.</returns>
    public static async Task<(RunProjection? Run, RunLease? Lease, Diagnostic? Problem)> LoadAsync(SqliteJournal journal, string runId, CancellationToken cancellationToken)
    {
        var (run, problem) = await ReadAsync(journal, runId, () => RunProjection.LoadAsync(journal, runId, cancellationToken));
        return problem is null ? (run, await journal.GetLeaseAsync(runId, cancellationToken), null) : (null, null, problem);
    }

    /// <summary>Finds a run by its id or the beginning of it, and reads it to walk through.</summary>
    /// <returns>The run; or why it cannot be found or read.</returns>
    public static async Task<(RunReplay? Replay, Diagnostic? Problem)> FindReplayAsync(SqliteJournal? journal, string name, CancellationToken cancellationToken)
    {
        var (runId, problem) = await FindAsync(journal, name, cancellationToken);
        return journal is null || runId is null ? (null, problem) : await ReadAsync(journal, runId, () => RunReplay.LoadAsync(journal, runId, cancellationToken));
    }

    /// <summary>Finds a run by its id or the beginning of it.</summary>
    /// <returns>The run's id, or a diagnostic.</returns>
    public static async Task<(string? RunId, Diagnostic? Problem)> FindAsync(IRunJournal? journal, string name, CancellationToken cancellationToken)
    {
        var ids = journal is null ? [] : await journal.ListRunsAsync(cancellationToken).ToListAsync(cancellationToken);
        return Abbreviation.Expand(name, ids, "SLW1003", "run", "see 'slipway runs list', and name the platform's folder with --dir");
    }

    /// <summary>Reads something from the journal of a run, or says why it cannot be read.</summary>
    public static async Task<(T? Result, Diagnostic? Problem)> ReadAsync<T>(SqliteJournal journal, string runId, Func<ValueTask<T?>> read)
        where T : class
    {
        try
        {
            return (await read(), null);
        }
        catch (StorageException exception) when (exception.Diagnostic.Code == Unreadable)
        {
            return (null, exception.Diagnostic);
        }
        catch (JsonException exception)
        {
            return (null, new Diagnostic
            {
                Code = Unreadable,
                Summary = $"the events of run '{runId}' are in no order that a run can have",
                Detail = exception.Message,
                Place = new SourcePlace(journal.File),
                Fix = "use the Slipway that wrote it; other runs of this journal are not affected",
            });
        }
    }
}
