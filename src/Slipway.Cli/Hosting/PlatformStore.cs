using Slipway.Actions;
using Slipway.Coordination.Runs;
using Slipway.Storage;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;
using Slipway.Workspace;

namespace Slipway.Cli.Hosting;

/// <summary>Opens what is kept of a platform's runs: <c>.slipway/journal.db</c> beside its <c>slipway.yaml</c>.</summary>
internal static class PlatformStore
{
    /// <summary>Opens the store, making it when there is none.</summary>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public static SqliteStore Open(Surroundings surroundings, string directory)
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

        return SqliteStore.Open(new SqliteStoreOptions { File = file }, surroundings.Time);
    }

    /// <summary>Opens the store if there is one.</summary>
    /// <exception cref="StorageException">It cannot be opened, or there is no such folder.</exception>
    public static SqliteStore? OpenExisting(Surroundings surroundings, string directory)
    {
        var full = Path.GetFullPath(directory, surroundings.Environment.WorkingDirectory);
        if (!surroundings.Files.DirectoryExists(full)) throw new StorageException(PlatformPreparation.NoPlatform(surroundings.Files, full));
        return surroundings.Files.FileExists(FileOf(surroundings, directory)) ? Open(surroundings, directory) : null;
    }

    /// <summary>How this process runs what is kept there: its locks and questions are seen by other processes, and theirs by it.</summary>
    public static RunOptions OptionsFor(SqliteStore store, TimeProvider time) => new()
    {
        Locks = store.Locks,
        Approvals = store.Approvals,
        Time = time,
        Owner = LeaseOwner.Current.ToString(),
    };

    private static string FileOf(Surroundings surroundings, string directory) =>
        Path.Combine(Path.GetFullPath(directory, surroundings.Environment.WorkingDirectory), SqliteStoreOptions.DefaultPath);
}
