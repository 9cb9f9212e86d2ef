using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Storage.Tests;

/// <summary>Runs as a version of the program left them that did not yet keep which of them wait.</summary>
internal static class OlderRuns
{
    private static readonly Plan Plan = new() { Name = "test", Steps = [new Step { Id = "a", Agent = "ok" }] };

    /// <summary>Those whose engine died: the others are paused, over, being rolled back or part of another.</summary>
    public static IReadOnlyList<string> Waiting { get; } = ["important", "died", "resumed"];

    /// <summary>The same once the paused one was resumed by an engine that died.</summary>
    public static IReadOnlyList<string> WaitingLater { get; } = ["important", "paused", "died", "resumed"];

    public static async Task WriteAsync(IRunJournal journal)
    {
        await WriteAsync("died", new StepStarted("a", 1));
        await WriteAsync("finished", new RunFinished(RunStatus.Succeeded));
        await WriteAsync("resumed", new RunPaused("lunch"), new RunResumed("one"));
        await WriteAsync("undoing", new RunFinished(RunStatus.Failed), new RollbackStarted("undoing/rollback", "why"));
        await AppendAsync(journal, "part", 0, new RunStarted("part", Plan) { Parent = new ParentStep("died", "a") });
        await AppendAsync(journal, "important", 0, new RunStarted("important", Plan) { Priority = 70 });
        await AppendAsync(journal, "paused", 0, new RunStarted("paused", Plan) { Priority = 60 }, new RunPaused("lunch"));
        await AppendAsync(journal, "no-plan", 0, new StepReady("a"));

        Task WriteAsync(string runId, params RunEvent[] more) => AppendAsync(journal, runId, 0, [new RunStarted(runId, Plan), .. more]);
    }

    public static Task ResumePausedAsync(IRunJournal journal) => AppendAsync(journal, "paused", 2, new RunResumed("one"));

    private static async Task AppendAsync(IRunJournal journal, string runId, long after, params RunEvent[] events)
    {
        var lease = (await journal.TryAcquireAsync(runId, "one", TimeSpan.FromMinutes(1)))!;
        await journal.AppendAsync(lease, after, events);
        await journal.ReleaseAsync(lease);
    }
}
