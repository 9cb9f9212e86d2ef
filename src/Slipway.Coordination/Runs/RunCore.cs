using Microsoft.Extensions.Logging;
using Slipway.Coordination.Graphs;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>What the parts of one run's loop share: the state, the clock, the journal's writer and whether the run is to stop.</summary>
internal sealed class RunCore : IDisposable
{
    private readonly CancellationTokenSource _stopSource = new();
    private readonly CancellationTokenSource _waitSource = new();
    private readonly List<(Action Done, Action? Lost)> _afterWrite = [];

    public RunCore(EngineServices engine, RunLease lease, RunProjection run, DirectedGraph graph, Action wake)
    {
        Engine = engine;
        Run = run;
        Writer = new RunWriter(engine.Journal, lease, engine.Options);
        Deadlines = new Deadlines(engine.Options.Time, wake);
        Scheduler = new Scheduler(run, graph, engine.Options.Estimates, Emit);
        Random = new Random(engine.Options.JitterSeed ?? StableSeed(run.RunId));
        Now = JournalTime.Now(engine.Options.Time);
    }

    public EngineServices Engine { get; }

    public RunProjection Run { get; }

    public RunOptions Options => Engine.Options;

    public ILogger Logger => Engine.Options.Logger;

    public RunWriter Writer { get; }

    public Deadlines Deadlines { get; }

    public Scheduler Scheduler { get; }

    public Random Random { get; }

    /// <summary>The time of this turn.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The time since the loop began, on the monotonic clock.</summary>
    public TimeSpan Elapsed => Deadlines.Now;

    /// <summary>Why the run is to stop; none while it goes on.</summary>
    public StopCause Stop { get; private set; }

    /// <summary>Why and by whom the run is to stop, for people; null while it goes on.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Cancelled when nothing of the run may go on.</summary>
    public CancellationToken StopToken => _stopSource.Token;

    /// <summary>Cancelled when nothing new of the run may start.</summary>
    public CancellationToken WaitToken => _waitSource.Token;

    /// <summary>The critical step whose failure stopped new starts; null when none did.</summary>
    public string? HaltedBy { get; set; }

    public void BeginTurn() => Now = JournalTime.Now(Options.Time);

    /// <summary>Folds an event in at once and appends it with the others of this turn.</summary>
    public void Emit(RunEvent runEvent)
    {
        Run.Apply(runEvent, Now);
        Writer.Add(runEvent);
    }

    /// <summary>Does something once this turn's events are durable.</summary>
    /// <param name="done">What to do.</param>
    /// <param name="lost">What to do instead when they are lost; null for nothing.</param>
    public void AfterWrite(Action done, Action? lost = null) => _afterWrite.Add((done, lost));

    /// <summary>Does what waited for this turn's events to be durable.</summary>
    public void RunAfterWrite()
    {
        if (_afterWrite.Count == 0) return;
        foreach (var (done, _) in _afterWrite) done();
        _afterWrite.Clear();
    }

    /// <summary>Tells whoever waited for this turn's events that they are lost.</summary>
    public void LoseAfterWrite()
    {
        foreach (var (_, lost) in _afterWrite) lost?.Invoke();
        _afterWrite.Clear();
    }

    /// <summary>Decides that the run is to stop.</summary>
    /// <returns>False when it is to stop for a graver cause already.</returns>
    public bool TryStop(StopCause cause, string reason)
    {
        if (cause <= Stop) return false;
        Stop = cause;
        StopReason = reason;
        // The callbacks of whoever waits run on the thread pool, not in the loop.
        if (!_waitSource.IsCancellationRequested) _ = _waitSource.CancelAsync();
        if (cause is not StopCause.Drain && !_stopSource.IsCancellationRequested) _ = _stopSource.CancelAsync();
        return true;
    }

    public void Dispose()
    {
        Deadlines.Dispose();
        if (!_waitSource.IsCancellationRequested) _waitSource.Dispose();
        // An abandoned agent may still look at a token that was cancelled.
        if (!_stopSource.IsCancellationRequested) _stopSource.Dispose();
    }

    /// <summary>FNV-1a of the run's id: the same on every machine, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static int StableSeed(string runId)
    {
        var hash = 2166136261u;
        foreach (var character in runId) hash = (hash ^ character) * 16777619u;
        return (int)hash;
    }
}
