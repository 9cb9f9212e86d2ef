using System.Collections.Concurrent;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Metrics;

/// <summary>
/// Records what runs and their steps do, under the names in <see cref="CoordinationMetricNames"/>; each metric carries the run as its
/// correlation id. One observer watches any number of runs at once: put it into <see cref="RunOptions.Observers"/>. Times are those of
/// this process, from the moment that a start is durable to the moment that its end is.
/// </summary>
public sealed class RunMetricsObserver : IRunObserver
{
    private readonly ConcurrentDictionary<string, OpenRun> _runs = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly MetricHandle _runsStarted;
    private readonly MetricHandle _runsResumed;
    private readonly MetricHandle[] _runsFinished;
    private readonly MetricHandle[] _runTime;
    private readonly MetricHandle _started;
    private readonly MetricHandle _succeeded;
    private readonly MetricHandle _interrupted;
    private readonly MetricHandle _suspended;
    private readonly MetricHandle _recovering;
    private readonly MetricHandle[] _failed;
    private readonly MetricHandle[] _retried;
    private readonly MetricHandle[] _notDone;
    private readonly MetricHandle _lockWaits;
    private readonly MetricHandle _asked;
    private readonly MetricHandle[] _decided;
    private readonly MetricHandle _undone;
    private readonly MetricHandle _notUndone;
    private readonly MetricHandle _timeOfSuccess;
    private readonly MetricHandle _timeOfFailure;
    private readonly MetricHandle _timeOfSkip;
    private readonly MetricHandle _timeOfInterruption;
    private readonly MetricHandle _timeOfSuspension;

    /// <summary>An observer.</summary>
    /// <param name="metrics">Where to record.</param>
    public RunMetricsObserver(MetricsCollector metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _time = metrics.Time;
        _runsStarted = Count(CoordinationMetricNames.RunsStarted, ("resumed", "false"));
        _runsResumed = Count(CoordinationMetricNames.RunsStarted, ("resumed", "true"));
        _runsFinished = Each<RunStatus>(status => Count(CoordinationMetricNames.RunsFinished, ("status", RunNames.Of(status))));
        _runTime = Each<RunStatus>(status => Time(CoordinationMetricNames.RunTime, ("status", RunNames.Of(status))));
        _started = Count(CoordinationMetricNames.StepsStarted);
        _succeeded = Count(CoordinationMetricNames.StepsSucceeded);
        _interrupted = Count(CoordinationMetricNames.StepsInterrupted);
        _suspended = Count(CoordinationMetricNames.StepsSuspended);
        _recovering = Count(CoordinationMetricNames.StepsRecovering);
        _failed = Each<FailureKind>(kind => Count(CoordinationMetricNames.StepsFailed, ("kind", RunNames.Of(kind))));
        _retried = Each<FailureKind>(kind => Count(CoordinationMetricNames.StepsRetried, ("kind", RunNames.Of(kind))));
        _notDone = Each<StepState>(state => Count(CoordinationMetricNames.StepsNotDone, ("state", RunNames.Of(state))));
        _lockWaits = Count(CoordinationMetricNames.LockWaits);
        _asked = Count(CoordinationMetricNames.ApprovalsRequested);
        _decided = Each<ApprovalStatus>(status => Count(CoordinationMetricNames.ApprovalsDecided, ("status", RunNames.Of(status))));
        _undone = Count(CoordinationMetricNames.Compensations, ("outcome", "succeeded"));
        _notUndone = Count(CoordinationMetricNames.Compensations, ("outcome", "failed"));
        _timeOfSuccess = Time(CoordinationMetricNames.StepTime, ("outcome", "succeeded"));
        _timeOfFailure = Time(CoordinationMetricNames.StepTime, ("outcome", "failed"));
        _timeOfSkip = Time(CoordinationMetricNames.StepTime, ("outcome", "skipped"));
        _timeOfInterruption = Time(CoordinationMetricNames.StepTime, ("outcome", "interrupted"));
        _timeOfSuspension = Time(CoordinationMetricNames.StepTime, ("outcome", "suspended"));

        MetricHandle Count(string name, params ReadOnlySpan<(string, string)> tags) => metrics.Counter(name, "1", tags);
        MetricHandle Time(string name, params ReadOnlySpan<(string, string)> tags) => metrics.Timing(name, "ms", tags);
    }

    /// <summary>Records an event of a run that is not named: of all such runs only one may go on at a time.</summary>
    /// <param name="entry">The event.</param>
    public void OnEntry(JournalEntry entry) => OnEntry("", entry);

    /// <inheritdoc/>
    public void OnEntry(string runId, JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Event)
        {
            case RunStarted:
                Open(runId, _runsStarted);
                break;
            case RunResumed:
                Open(runId, _runsResumed);
                break;
            case RunPaused:
                Close(runId, RunStatus.Paused);
                break;
            case RunFinished finished:
                Close(runId, finished.Status);
                break;
            case StepStarted step:
                _started.Record(1, runId);
                if (_runs.TryGetValue(runId, out var run)) run.Attempts[step.StepId] = _time.GetTimestamp();
                break;
            case StepEvent step:
                OnStep(runId, step);
                break;
        }
    }

    private static MetricHandle[] Each<T>(Func<T, MetricHandle> make)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(make)];

    private void OnStep(string runId, StepEvent step)
    {
        var (count, time) = step switch
        {
            StepSucceeded => (_succeeded, _timeOfSuccess),
            StepFailed failed => (_failed[(int)failed.Failure.Kind], _timeOfFailure),
            StepRetrying retrying => (_retried[(int)retrying.Failure.Kind], _timeOfFailure),
            StepSkipped => (_notDone[(int)StepState.Skipped], _timeOfSkip),
            StepInterrupted => (_interrupted, _timeOfInterruption),
            StepSuspended => (_suspended, _timeOfSuspension),
            StepRecovering => (null, _timeOfFailure),
            StepCorrected => (null, _timeOfSuccess),
            StepBlocked => (_notDone[(int)StepState.Blocked], null),
            StepCancelled => (_notDone[(int)StepState.Cancelled], null),
            LockWaiting => (_lockWaits, null),
            ApprovalRequested => (_asked, null),
            ApprovalDecided decided => (_decided[(int)decided.Status], null),
            CompensationSucceeded => (_undone, null),
            CompensationFailed => (_notUndone, null),
            _ => (null, (MetricHandle?)null),
        };
        count?.Record(1, runId);
        if (step is StepRecovering recovering) _recovering.RecordTagged(1, [("strategy", recovering.Strategy)], runId);

        // An attempt that another process began has no time here.
        if (time is not null && _runs.TryGetValue(runId, out var run) && run.Attempts.Remove(step.StepId, out var startedAt))
            time.Record(_time.GetElapsedTime(startedAt), runId);
    }

    private void Open(string runId, MetricHandle count)
    {
        count.Record(1, runId);
        _runs[runId] = new OpenRun(_time.GetTimestamp());
    }

    private void Close(string runId, RunStatus status)
    {
        _runsFinished[(int)status].Record(1, runId);
        if (_runs.TryRemove(runId, out var run)) _runTime[(int)status].Record(_time.GetElapsedTime(run.StartedAt), runId);
    }

    private sealed record OpenRun(long StartedAt)
    {
        public Dictionary<string, long> Attempts { get; } = new(StringComparer.Ordinal);
    }
}
