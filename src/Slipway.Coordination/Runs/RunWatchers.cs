using Microsoft.Extensions.Logging;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>Tells observers what happens. One that throws is logged and left out from then on: watching must not harm the run.</summary>
internal sealed class RunWatchers(string runId, IReadOnlyList<IRunObserver> observers, ILogger logger)
{
    private readonly IRunObserver?[] _observers = [.. observers];

    public void OnEntries(long sequence, DateTimeOffset at, List<RunEvent> events)
    {
        if (_observers.Length == 0) return;
        foreach (var runEvent in events)
        {
            var entry = new JournalEntry(++sequence, at, runEvent);
            Tell(observer => observer.OnEntry(runId, entry));
        }
    }

    public void OnProgress(string stepId, int attempt, string? message, double? fraction)
    {
        if (_observers.Length > 0) Tell(observer => observer.OnProgress(stepId, attempt, message, fraction));
    }

    private void Tell(Action<IRunObserver> tell)
    {
        for (var i = 0; i < _observers.Length; i++)
        {
            if (_observers[i] is not { } observer) continue;
            try
            {
                tell(observer);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "An observer of the run threw and is not called again");
                _observers[i] = null;
            }
        }
    }
}
