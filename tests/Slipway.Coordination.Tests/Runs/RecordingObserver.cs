using System.Collections.Concurrent;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Runs;

internal sealed class RecordingObserver(Action<JournalEntry> onEntry) : IRunObserver
{
    public ConcurrentQueue<JournalEntry> Entries { get; } = new();

    public ConcurrentQueue<string?> Progress { get; } = new();

    public void OnEntry(JournalEntry entry)
    {
        Entries.Enqueue(entry);
        onEntry(entry);
    }

    public void OnProgress(string stepId, int attempt, string? message, double? fraction) => Progress.Enqueue(message);
}
