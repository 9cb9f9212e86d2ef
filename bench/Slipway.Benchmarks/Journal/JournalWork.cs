using Slipway.Coordination.Journal;

namespace Slipway.Benchmarks.Journal;

/// <summary>What is asked of every journal: steps of two events each, a success and the next start.</summary>
internal static class JournalWork
{
    /// <summary>One run, one append after the other.</summary>
    public static async Task AppendSeriallyAsync(IRunJournal journal, string runId, int steps)
    {
        var lease = await AcquireAsync(journal, runId);
        var sequence = 0L;
        for (var step = 0; step < steps; step++) sequence = await journal.AppendAsync(lease, sequence, StepOf(step));
    }

    /// <summary>Several runs at once, each one append after the other.</summary>
    public static Task AppendConcurrentlyAsync(IRunJournal journal, string prefix, int steps, int runs) =>
        Task.WhenAll(Enumerable.Range(0, runs).Select(async run =>
        {
            var lease = await AcquireAsync(journal, $"{prefix}-{run}");
            await Task.Yield();
            var sequence = 0L;
            for (var step = run; step < steps; step += runs) sequence = await journal.AppendAsync(lease, sequence, StepOf(step));
        }));

    private static RunEvent[] StepOf(int number) => [new StepSucceeded($"step-{number}", 1, default), new StepStarted($"step-{number + 1}", 1)];

    private static async Task<RunLease> AcquireAsync(IRunJournal journal, string runId) =>
        await journal.TryAcquireAsync(runId, "bench", TimeSpan.FromHours(1)) ?? throw new InvalidOperationException($"Run '{runId}' is held.");
}
