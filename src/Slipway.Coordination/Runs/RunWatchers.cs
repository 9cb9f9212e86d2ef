using Microsoft.Extensions.Logging;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>
/// Tells observers what happens. One that throws is logged and left out from then on: watching must not harm the run. What comes while it is held back is
/// told in its order when it is let go.
/// </summary>
internal sealed class RunWatchers(string runId, IReadOnlyList<IRunObserver> observers, ILogger logger)
{
    private readonly IRunObserver?[] _observers = [.. observers];
    private readonly Queue<JournalEntry> _held = [];
    private int _holds;

    public void OnEntries(long sequence, DateTimeOffset at, List<RunEvent> events)
    {
        if (_observers.Length == 0) return;
        foreach (var runEvent in events)
        {
            var entry = new JournalEntry(++sequence, at, runEvent);
            if (_holds > 0) _held.Enqueue(entry);
            else Tell(observer => observer.OnEntry(runId, entry));
        }
    }

    /// <summary>Holds back what happens from now on.</summary>
    public void Hold() => _holds++;

    /// <summary>Tells what was held back, once every <see cref="Hold"/> has its end.</summary>
    public void LetGo()
    {
        if (--_holds == 0) TellHeld();
    }

    /// <summary>Tells what was held back, whoever holds it.</summary>
    public void TellHeld()
    {
        while (_held.TryDequeue(out var entry)) Tell(observer => observer.OnEntry(runId, entry));
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
