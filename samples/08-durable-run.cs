using Slipway.Coordination.Agents;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;

namespace Slipway.Samples;

/// <summary>
/// A run that survives <c>kill -9</c>. Start it with <c>-- 08 durable.db --hang</c>, kill it while the third step hangs, and start it
/// again without <c>--hang</c>: what had succeeded is not done again.
/// </summary>
internal static class DurableRun
{
    private const string RunId = "durable-1";

    public static async Task RunAsync(string file, bool hangs)
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { File = file }, TimeProvider.System);
        var coordination = new CoordinationBuilder()
            .UseJournal(store.Journal)
            .UseLocks(store.Locks)
            .UseApprovals(store.Approvals)
            .Configure(options => options with { Owner = LeaseOwner.Current.ToString() })   // tells others that this process lives, or not
            .AddAgent("worker", async (context, cancellationToken) =>
            {
                Console.WriteLine($"{context.StepId}, attempt {context.Attempt}");
                if (hangs && context.StepId is "step-3") await Task.Delay(Timeout.Infinite, cancellationToken);
                return StepOutcome.Success;
            })
            .Build();

        var isKnown = await RunProjection.LoadAsync(store.Journal, RunId) is not null;
        var result = isKnown
            ? await coordination.Engine.ResumeAsync(RunId)
            : await coordination.Engine.StartAsync(RunId, FiveSteps());

        foreach (var problem in result.Problems) Console.WriteLine(problem);
        Console.WriteLine($"{result.Status}, resumed {result.Run?.Resumptions} times");
    }

    private static Plan FiveSteps() => new()
    {
        Name = "durable",
        Steps = [.. Enumerable.Range(1, 5).Select(i => new Step { Id = $"step-{i}", Agent = "worker", DependsOn = i == 1 ? [] : [$"step-{i - 1}"] })],
    };
}
