using Slipway.Coordination.Journal;
using Slipway.Coordination.Replay;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Replay;

/// <summary>Replays of runs that are written event by event, one a second.</summary>
internal static class RecordedRun
{
    public static async Task<RunReplay> ReplayAsync(string runId, params IReadOnlyList<RunEvent> events)
    {
        var clock = new ManualTimeProvider();
        var journal = new InMemoryJournal(clock);
        var lease = (await journal.TryAcquireAsync(runId, "test", TimeSpan.FromDays(1)))!;
        for (var i = 0; i < events.Count; i++)
        {
            await journal.AppendAsync(lease, i, [events[i]]);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        return (await RunReplay.LoadAsync(journal, runId))!;
    }
}
