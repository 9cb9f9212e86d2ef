using System.Globalization;
using Slipway.Cli.Commands;
using Slipway.Coordination.Journal;
using Slipway.Performance;
using Slipway.Storage.Sqlite;
using Slipway.Workspace;

namespace Slipway.Cli.Performance;

/// <summary>Kills this program in the middle of a run on SQLite, and starts it again.</summary>
internal sealed class ProcessRestarts(ScratchFolder folder, IProcessRunner processes, ProcessCommand self, TimeProvider time) : IRestartBackend
{
    // How long after the half of the run it may take to see that, at most.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    public async Task<RestartFigures> KillAndResumeAsync(int steps, CancellationToken cancellationToken)
    {
        var file = folder.NewFile();
        try
        {
            await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = file }, time);
            var command = self with { Arguments = [.. self.Arguments, BenchChainVerb.VerbName, file, steps.ToString(CultureInfo.InvariantCulture)] };
            await KillAtHalfAsync(journal, command, steps, cancellationToken);
            var startedAt = time.GetUtcNow();
            var begun = time.GetTimestamp();
            var result = await processes.RunAsync(command, cancellationToken);
            var toEnd = time.GetElapsedTime(begun);
            if (result.ExitCode != 0) throw new InvalidOperationException($"the process that went on with the run ended with {result.ExitCode}: {result.Error}{result.Output}");
            return RestartFigures.Of(await journal.ReadAsync(BenchChain.RunId, 0, cancellationToken).ToListAsync(cancellationToken), steps, startedAt, toEnd);
        }
        finally
        {
            folder.Delete(file);
        }
    }

    private async Task KillAtHalfAsync(SqliteJournal journal, ProcessCommand command, int steps, CancellationToken cancellationToken)
    {
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = processes.RunAsync(command, kill.Token);
        // A step makes two events.
        while (!running.IsCompleted && !await journal.ReadAsync(BenchChain.RunId, steps, cancellationToken).AnyAsync(cancellationToken)) await Task.Delay(Glance, time, cancellationToken);
        await kill.CancelAsync();
        try
        {
            var result = await running;
            throw new InvalidOperationException($"the process that was to be killed ended with {result.ExitCode} before: {result.Error}{result.Output}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It is dead, as by kill -9.
        }
    }
}
