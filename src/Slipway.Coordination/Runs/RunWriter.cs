using Microsoft.Extensions.Logging;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Runs;

/// <summary>The one writer of a run's journal: collects a turn's events, appends them at once, keeps the lease, and tells observers.</summary>
internal sealed class RunWriter(IRunJournal journal, RunLease lease, RunOptions options)
{
    private readonly RunWatchers _watchers = new(lease.RunId, options.Observers, options.Logger);
    private readonly List<RunEvent> _events = [];
    private RunLease _lease = lease;

    /// <summary>The sequence of the newest event that is durable.</summary>
    public long DurableSequence { get; set; }

    /// <summary>True when there is something to append.</summary>
    public bool HasEvents => _events.Count > 0;

    public void Add(RunEvent runEvent) => _events.Add(runEvent);

    /// <summary>Makes room for that many more events of this turn.</summary>
    public void Reserve(int count) => _events.EnsureCapacity(_events.Count + count);

    /// <summary>Who watches the run.</summary>
    public RunWatchers Watchers => _watchers;

    public void OnProgress(string stepId, int attempt, string? message, double? fraction) => _watchers.OnProgress(stepId, attempt, message, fraction);

    /// <summary>Prolongs the lease.</summary>
    /// <returns>Null, or why the run must stop.</returns>
    public async ValueTask<Diagnostic?> RenewAsync()
    {
        try
        {
            if (await journal.TryRenewAsync(_lease, options.LeaseDuration, CancellationToken.None) is not { } renewed)
                return RunProblems.LeaseLost(_lease.RunId, "another process has taken it over");
            _lease = renewed;
            return null;
        }
        catch (Exception exception)
        {
            return Describe(exception);
        }
    }

    /// <summary>Appends what was collected.</summary>
    /// <param name="at">The time that observers are told.</param>
    /// <returns>Null, or why the run must stop.</returns>
    public async ValueTask<Diagnostic?> AppendAsync(DateTimeOffset at)
    {
        if (_events.Count == 0) return null;
        try
        {
            var sequence = await AppendEventsAsync();
            _watchers.OnEntries(DurableSequence, at, _events);
            DurableSequence = sequence;
            _events.Clear();
            return null;
        }
        catch (Exception exception)
        {
            return Describe(exception);
        }
    }

    /// <summary>A lease runs out while a machine sleeps or a process stands still. It can be prolonged as long as nobody else has taken the run.</summary>
    private async ValueTask<long> AppendEventsAsync()
    {
        try
        {
            return await journal.AppendAsync(_lease, DurableSequence, _events, CancellationToken.None);
        }
        catch (JournalConflictException)
        {
            if (await journal.TryRenewAsync(_lease, options.LeaseDuration, CancellationToken.None) is not { } renewed) throw;
            _lease = renewed;
        }

        return await journal.AppendAsync(_lease, DurableSequence, _events, CancellationToken.None);
    }

    private Diagnostic Describe(Exception exception)
    {
        if (exception is JournalConflictException) return RunProblems.LeaseLost(_lease.RunId, exception.Message);
        options.Logger.LogError(exception, "The journal of run {RunId} failed", _lease.RunId);
        return RunProblems.JournalFailed(_lease.RunId, exception.Message);
    }
}
