using System.Text.Json;
using Slipway.Actions;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Replay;
using Slipway.Storage;
using Slipway.Storage.Sqlite;
using Slipway.Workspace;

namespace Slipway.Cli.Hosting;

/// <summary>Opens the journal of a platform: <c>.slipway/journal.db</c> beside its <c>slipway.yaml</c>.</summary>
internal static class RunJournals
{
    private const string Unreadable = "SLW5209";
    private const int MostNamed = 5;

    /// <summary>Opens the journal, making it when there is none.</summary>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static SqliteJournal Open(Surroundings surroundings, string directory)
    {
        var file = FileOf(surroundings, directory);
        try
        {
            surroundings.Files.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            throw new StorageException(DiskProblems.Describe(exception, directory, "make .slipway/ for the journal of runs", "nothing was changed"), exception);
        }

        return SqliteJournal.Open(new SqliteStoreOptions { File = file }, surroundings.Time);
    }

    /// <summary>Opens the journal if there is one.</summary>
    /// <exception cref="StorageException">It cannot be opened, or there is no such folder.</exception>
    public static SqliteJournal? OpenExisting(Surroundings surroundings, string directory)
    {
        var full = Path.GetFullPath(directory, surroundings.Environment.WorkingDirectory);
        if (!surroundings.Files.DirectoryExists(full)) throw new StorageException(PlatformPreparation.NoPlatform(surroundings.Files, full));
        return surroundings.Files.FileExists(FileOf(surroundings, directory)) ? Open(surroundings, directory) : null;
    }

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
        var found = new List<string>();
        if (journal is not null)
        {
            await foreach (var id in journal.ListRunsAsync(cancellationToken))
            {
                if (id == name) return (id, null);
                if (id.StartsWith(name, StringComparison.Ordinal)) found.Add(id);
            }
        }

        return found switch
        {
            [var only] => (only, null),
            [] => (null, new Diagnostic
            {
                Code = "SLW1003",
                Summary = $"there is no run '{name}'",
                Fix = "see 'slipway runs list', and name the platform's folder with --dir",
            }),
            _ => (null, new Diagnostic
            {
                Code = "SLW1003",
                Summary = $"'{name}' is the beginning of {found.Count} runs: {string.Join(", ", found.Take(MostNamed))}{(found.Count > MostNamed ? ", …" : "")}",
                Fix = "write more of the id",
            }),
        };
    }

    private static async Task<(T? Result, Diagnostic? Problem)> ReadAsync<T>(SqliteJournal journal, string runId, Func<ValueTask<T?>> read)
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

    private static string FileOf(Surroundings surroundings, string directory) =>
        Path.Combine(Path.GetFullPath(directory, surroundings.Environment.WorkingDirectory), SqliteStoreOptions.DefaultPath);
}
