#pragma warning disable // Written as a reader would write it who tries the page.
using Slipway.Coordination.Journal;
using Slipway.Coordination.Replay;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/replay.md.</summary>
internal static class ReplayPage
{
    public static async Task RunAsync(IRunJournal journal)
    {
        var replay = await RunReplay.LoadAsync(journal, "up-20261121-101500")
            ?? throw new InvalidOperationException("there is no such run");
        replay.MoveTo(1);
        while (replay.MoveNext("deployments/api-gateway"))
            Console.WriteLine($"{replay.Position} {replay.Entry.Event.Type}: {string.Join(", ", replay.Changes)}");

        var other = await RunReplay.LoadAsync(journal, "up-20261122-090000");
        Console.Write(RunDiff.Compare(replay, other!));
    }
}
