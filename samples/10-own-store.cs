using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Samples;

/// <summary>A run on a journal of one's own: <see cref="BytesJournal"/>, which passes the conformance suite of journals.</summary>
internal static class OwnStore
{
    public static async Task RunAsync()
    {
        var journal = new BytesJournal(TimeProvider.System);
        var coordination = new CoordinationBuilder()
            .UseJournal(journal)
            .AddAgent("worker", (_, _) => ValueTask.FromResult(StepOutcome.Success))
            .Build();
        await coordination.Engine.StartAsync("own-1", new Plan { Name = "own", Steps = [new Step { Id = "only", Agent = "worker" }] });

        await foreach (var entry in journal.ReadAsync("own-1")) Console.WriteLine($"{entry.Sequence} {entry.Event.Type}");
        var run = await RunProjection.LoadAsync(journal, "own-1");
        Console.WriteLine(run!.Status);
    }
}
