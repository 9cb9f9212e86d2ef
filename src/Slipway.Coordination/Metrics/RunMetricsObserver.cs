using System.Collections.Concurrent;
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
    private readonly MetricHandle _stepsStarted;
    private readonly MetricHandle _stepsSucceeded;
    private readonly MetricHandle _stepsInterrupted;
    private readonly MetricHandle[] _stepsFailed;
    private readonly MetricHandle[] _stepsRetried;
    private readonly MetricHandle[] _stepsNotDone;
    private readonly MetricHandle _timeOfSuccess;
    private readonly MetricHandle _timeOfFailure;
    private readonly MetricHandle _timeOfSkip;
    private readonly MetricHandle _timeOfInterruption;

    /// <summary>An observer.</summary>
    /// <param name="metrics">Where to record.</param>
    public RunMetricsObserver(MetricsCollector metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _time = metrics.Time;
        _runsStarted = metrics.Counter(CoordinationMetricNames.RunsStarted, "1", ("resumed", "false"));
        _runsResumed = metrics.Counter(CoordinationMetricNames.RunsStarted, "1", ("resumed", "true"));
        _runsFinished = Each<RunStatus>(status => metrics.Counter(CoordinationMetricNames.RunsFinished, "1", ("status", RunNames.Of(status))));
        _runTime = Each<RunStatus>(status => metrics.Timing(CoordinationMetricNames.RunTime, "ms", ("status", RunNames.Of(status))));
        _stepsStarted = metrics.Counter(CoordinationMetricNames.StepsStarted);
        _stepsSucceeded = metrics.Counter(CoordinationMetricNames.StepsSucceeded);
        _stepsInterrupted = metrics.Counter(CoordinationMetricNames.StepsInterrupted);
        _stepsFailed = Each<FailureKind>(kind => metrics.Counter(CoordinationMetricNames.StepsFailed, "1", ("kind", RunNames.Of(kind))));
        _stepsRetried = Each<FailureKind>(kind => metrics.Counter(CoordinationMetricNames.StepsRetried, "1", ("kind", RunNames.Of(kind))));
        _stepsNotDone = Each<StepState>(state => metrics.Counter(CoordinationMetricNames.StepsNotDone, "1", ("state", RunNames.Of(state))));
        _timeOfSuccess = StepTime("succeeded");
        _timeOfFailure = StepTime("failed");
        _timeOfSkip = StepTime("skipped");
        _timeOfInterruption = StepTime("interrupted");

        MetricHandle StepTime(string outcome) => metrics.Timing(CoordinationMetricNames.StepTime, "ms", ("outcome", outcome));
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
            case StepEvent step:
                OnStep(runId, step);
                break;
        }
    }

    private static MetricHandle[] Each<T>(Func<T, MetricHandle> make)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(make)];

    private void OnStep(string runId, StepEvent step)
    {
        switch (step)
        {
            case StepStarted:
                _stepsStarted.Record(1, runId);
                if (_runs.TryGetValue(runId, out var run)) run.Attempts[step.StepId] = _time.GetTimestamp();
                break;
            case StepSucceeded:
                _stepsSucceeded.Record(1, runId);
                End(runId, step, _timeOfSuccess);
                break;
            case StepFailed failed:
                _stepsFailed[(int)failed.Failure.Kind].Record(1, runId);
                End(runId, step, _timeOfFailure);
                break;
            case StepRetrying retrying:
                _stepsRetried[(int)retrying.Failure.Kind].Record(1, runId);
                End(runId, step, _timeOfFailure);
                break;
            case StepSkipped:
                _stepsNotDone[(int)StepState.Skipped].Record(1, runId);
                End(runId, step, _timeOfSkip);
                break;
            case StepInterrupted:
                _stepsInterrupted.Record(1, runId);
                End(runId, step, _timeOfInterruption);
                break;
            case StepBlocked:
                _stepsNotDone[(int)StepState.Blocked].Record(1, runId);
                break;
            case StepCancelled:
                _stepsNotDone[(int)StepState.Cancelled].Record(1, runId);
                break;
        }
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

    /// <summary>An attempt that another process began has no time here.</summary>
    private void End(string runId, StepEvent step, MetricHandle time)
    {
        if (_runs.TryGetValue(runId, out var run) && run.Attempts.Remove(step.StepId, out var startedAt))
            time.Record(_time.GetElapsedTime(startedAt), runId);
    }

    private sealed record OpenRun(long StartedAt)
    {
        public Dictionary<string, long> Attempts { get; } = new(StringComparer.Ordinal);
    }
}
