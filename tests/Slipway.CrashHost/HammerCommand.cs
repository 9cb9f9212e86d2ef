using System.Globalization;
using Slipway.Coordination.Journal;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;

namespace Slipway.CrashHost;

/// <summary>Waits for a line, then appends to several runs at once.</summary>
internal static class HammerCommand
{
    public const int Runs = 6;
    public const int Appends = 40;

    public static async Task<int> RunAsync(string file, string prefix, TextReader input, TextWriter output)
    {
        await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = file }, TimeProvider.System);
        await output.WriteLineAsync("open");
        await input.ReadLineAsync();
        await HammerAsync(journal, prefix);
        await output.WriteLineAsync("done");
        return 0;
    }

    public static Task HammerAsync(SqliteJournal journal, string prefix) =>
        Task.WhenAll(Enumerable.Range(0, Runs).Select(run => Task.Run(async () =>
        {
            var runId = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{run}");
            var lease = await journal.TryAcquireAsync(runId, LeaseOwner.Current.ToString(), TimeSpan.FromHours(1))
                ?? throw new InvalidOperationException($"Run '{runId}' is held.");
            for (var sequence = 0; sequence < Appends; sequence++) await journal.AppendAsync(lease, sequence, [new StepReady($"step-{sequence}")]);
        })));
}
