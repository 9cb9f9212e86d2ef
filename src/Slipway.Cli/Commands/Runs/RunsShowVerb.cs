using System.CommandLine;
using System.Text;
using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views.Platform;
using Slipway.Cli.Views.Runs;
using Slipway.Coordination.Journal;

namespace Slipway.Cli.Commands.Runs;

/// <summary><c>slipway runs show</c>.</summary>
internal sealed class RunsShowVerb : Verb
{
    public RunsShowVerb(Surroundings surroundings)
        : base("show", "Show a run with its steps, or its events", surroundings, "runs show up-20261121-101500", "runs show up-20261121-101500 --events | jq .type")
    {
        var name = CommonOptions.Run();
        var events = new Option<bool>("--events") { Description = "Print the journal instead: one JSON object a line (NDJSON)" };
        var directory = CommonOptions.Directory(surroundings);
        var format = CommonOptions.Output();
        Add(name);
        Add(events);
        Add(directory);
        Add(format);
        SetAction(async (arguments, cancellationToken) =>
        {
            var output = OutputOf(arguments, format);
            await using var store = PlatformStore.OpenExisting(surroundings, arguments.GetRequiredValue(directory));
            var (runId, problem) = await KnownRuns.FindAsync(store?.Journal, arguments.GetRequiredValue(name), cancellationToken);
            if (problem is not null || store is null || runId is null)
            {
                output.Tell([problem!]);
                return ExitCodes.Error;
            }

            if (arguments.GetValue(events))
            {
                await WriteEventsAsync(store.Journal, runId, surroundings.Out, cancellationToken);
                return ExitCodes.Done;
            }

            (var run, var lease, problem) = await KnownRuns.LoadAsync(store.Journal, runId, cancellationToken);
            if (run is null)
            {
                output.Tell([problem!]);
                return ExitCodes.Error;
            }

            var situation = new RunSituation(
                run,
                lease,
                await store.Approvals.ListAsync(runId, status: null, cancellationToken).ToListAsync(cancellationToken),
                await store.Locks.ListAsync(cancellationToken).Where(held => held.RunId == runId).ToListAsync(cancellationToken));
            output.Write(new RunView(situation, surroundings.Time.GetUtcNow(), ShownPaths.Of(surroundings, arguments.GetRequiredValue(directory))));
            return ExitCodes.Done;
        });
    }

    private static async Task WriteEventsAsync(IRunJournal journal, string runId, TextWriter writer, CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        await foreach (var entry in journal.ReadAsync(runId, 0, cancellationToken))
        {
            line.SetLength(0);
            await using (var json = new Utf8JsonWriter(line)) RunEventJson.Write(json, entry);
            await writer.WriteAsync(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
            await writer.WriteAsync('\n');
        }
    }
}
