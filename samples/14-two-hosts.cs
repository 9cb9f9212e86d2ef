using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Samples;

/// <summary>
/// Two hosts share the runs that are submitted to one journal; one stops in the middle, and the other goes on with what it had. With the journal of a
/// <c>SqliteStore</c> or a <c>PostgresStore</c> they may be two processes, and one may die instead of stopping.
/// </summary>
internal static class TwoHosts
{
    private const int Runs = 20;

    public static async Task RunAsync()
    {
        var journal = new InMemoryJournal(TimeProvider.System);
        var ends = new EndCounter();
        await using var one = HostOf("one", journal, ends);
        await using var two = HostOf("two", journal, ends);
        using var stop = new CancellationTokenSource();
        var first = one.RunAsync(stop.Token);
        _ = two.RunAsync();

        var front = new RunEngine(journal, []);
        for (var number = 1; number <= Runs; number++)
            await front.SubmitAsync(new RunRequest { RunId = $"order-{number}", Plan = Order(), Priority = number == 7 ? 90 : 50 });

        await stop.CancelAsync();
        await first;
        Console.WriteLine("one has stopped, and given back what it had");
        await ends.All;
        Console.WriteLine($"{Runs} runs have ended, each once: {ends.Count == Runs}");
    }

    private static RunHost HostOf(string name, IRunJournal journal, IRunObserver observer)
    {
        var coordination = new CoordinationBuilder()
            .UseJournal(journal)
            .AddObserver(observer)
            .Configure(options => options with { Owner = name })
            .AddAgent("worker", async (_, cancellationToken) =>
            {
                await Task.Delay(5, cancellationToken);
                return StepOutcome.Success;
            })
            .Build();
        return new RunHost(coordination.Engine, new RunHostOptions { Name = name, MaxConcurrentRuns = 4 });
    }

    private static Plan Order() => new()
    {
        Name = "order",
        Steps = [new Step { Id = "pack", Agent = "worker" }, new Step { Id = "ship", Agent = "worker", DependsOn = ["pack"] }],
    };

    private sealed class EndCounter : IRunObserver
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task All => _all.Task;

        public int Count => Volatile.Read(ref _count);

        public void OnEntry(JournalEntry entry)
        {
            if (entry.Event is RunFinished && Interlocked.Increment(ref _count) == Runs) _all.SetResult();
        }
    }
}
