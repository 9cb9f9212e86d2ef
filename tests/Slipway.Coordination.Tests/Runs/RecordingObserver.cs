using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Tests.Runs;

internal sealed class RecordingObserver(Action<JournalEntry> onEntry) : IRunObserver
{
    public List<string?> Progress { get; } = [];

    public void OnEntry(JournalEntry entry) => onEntry(entry);

    public void OnProgress(string stepId, int attempt, string? message, double? fraction) => Progress.Add(message);
}
