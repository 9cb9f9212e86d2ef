using Slipway.Coordination.Journal;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;

namespace Slipway.CrashHost;

/// <summary>Holds the lease of a run and appends an event whenever it reads a line.</summary>
internal static class HoldCommand
{
    public static async Task<int> RunAsync(string file, string runId, TextReader input, TextWriter output)
    {
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = file }, TimeProvider.System);
        if (await journal.TryAcquireAsync(runId, LeaseOwner.Current.ToString(), TimeSpan.FromHours(1)) is not { } lease)
        {
            await output.WriteLineAsync("refused");
            return 5;
        }

        await output.WriteLineAsync("held");
        var sequence = 0L;
        while (await input.ReadLineAsync() is { } line)
        {
            try
            {
                sequence = await journal.AppendAsync(lease, sequence, [new StepReady(line)]);
                await output.WriteLineAsync($"appended {sequence}");
            }
            catch (JournalConflictException)
            {
                await output.WriteLineAsync("conflict");
            }
        }

        return 0;
    }
}
