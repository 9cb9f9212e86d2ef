using System.CommandLine;
using System.Globalization;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Runs;
using Slipway.Storage.Sqlite;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs prune</c>.</summary>
internal sealed class RunsPruneVerb : Verb
{
    private const int LongestDays = 36_500;

    public RunsPruneVerb(Surroundings surroundings)
        : base("prune", "Remove finished runs by age and number, and give the space back", surroundings, "runs prune --older-than 30d", "runs prune --keep 20 --dry-run")
    {
        var olderThan = new Option<string?>("--older-than") { Description = "Only runs older than this: 90m, 12h, 30d", HelpName = "age" };
        olderThan.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && ParseAge(text) is null) result.AddError($"--older-than takes a number with m, h or d, at most {LongestDays}d, not '{text}'");
        });
        var keep = new Option<int?>("--keep") { Description = "Keep at least this many of the newest", HelpName = "n" };
        keep.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0) result.AddError("--keep takes 0 or more");
        });
        var unfinished = new Option<bool>("--include-unfinished") { Description = "Also runs that have not ended: paused, or left by a process that died" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and remove nothing" };
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(olderThan);
        Add(keep);
        Add(unfinished);
        Add(dryRun);
        Add(directory);
        Add(format);
        Validators.Add(result =>
        {
            if (result.GetResult(olderThan) is null && result.GetResult(keep) is null) result.AddError("say what may go with --older-than, --keep or both");
        });
        SetAction(async (arguments, cancellationToken) =>
        {
            var retention = new JournalRetention
            {
                OlderThan = ParseAge(arguments.GetValue(olderThan)),
                KeepNewest = arguments.GetValue(keep),
                IncludeUnfinished = arguments.GetValue(unfinished),
            };
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var isDryRun = arguments.GetValue(dryRun);
            var result = store is null ? new PruneResult([], 0)
                : isDryRun ? new PruneResult(await store.Journal.FindPrunableAsync(retention, cancellationToken), 0)
                : await PruneAsync(store, retention, cancellationToken);
            OutputOf(arguments, format).Write(new PruneView(result, isDryRun));
            return ExitCodes.Done;
        });
    }

    private static async Task<PruneResult> PruneAsync(SqliteStore store, JournalRetention retention, CancellationToken cancellationToken)
    {
        var result = await store.Journal.PruneAsync(retention, cancellationToken);
        foreach (var runId in result.RemovedRuns) await store.Approvals.RemoveRunAsync(runId, cancellationToken);
        return result;
    }

    private static TimeSpan? ParseAge(string? text)
    {
        if (text is not { Length: > 1 } || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var days = text[^1] switch
        {
            'm' => number / 1440.0,
            'h' => number / 24.0,
            'd' => number,
            _ => double.NaN,
        };
        return days <= LongestDays ? TimeSpan.FromDays(days) : null;
    }
}
