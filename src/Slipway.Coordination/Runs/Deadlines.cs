namespace Slipway.Coordination.Runs;

internal enum DeadlineKind
{
    Retry,
    AttemptTimeout,
    StepTimeout,
    Heartbeat,
    AttemptGrace,
    RunGrace,
    RunDeadline,
    LeaseRenewal,
}

/// <summary>Something that happens at a time.</summary>
/// <param name="Kind">What.</param>
/// <param name="Attempt">The attempt it is about, when about one.</param>
/// <param name="Step">The step it is about, for a retry or the time of a step.</param>
internal readonly record struct Deadline(DeadlineKind Kind, StepAttempt? Attempt = null, int Step = -1);

/// <summary>All that a run waits for the clock to do, on one timer of the monotonic clock.</summary>
internal sealed class Deadlines : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly PriorityQueue<Deadline, (TimeSpan At, long Number)> _queue = new();
    private TimeSpan? _armedFor;
    private long _number;

    public Deadlines(TimeProvider time, Action wake)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((Action)state!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time since the run began here.</summary>
    public TimeSpan Now => _time.GetElapsedTime(_start);

    public void Add(TimeSpan at, Deadline deadline) => _queue.Enqueue(deadline, (at, _number++));

    public bool TryTakeDue(TimeSpan now, out Deadline deadline)
    {
        deadline = default;
        if (!_queue.TryPeek(out deadline, out var priority) || priority.At > now) return false;
        _queue.Dequeue();
        return true;
    }

    /// <summary>Sets the timer to the next deadline.</summary>
    public void Arm()
    {
        if (!_queue.TryPeek(out _, out var priority) || _armedFor == priority.At) return;
        _armedFor = priority.At;
        var wait = priority.At - Now;
        // A timer counts whole milliseconds; rounding up keeps it from ringing just before its deadline.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, int.MaxValue)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Forgets what the timer was set to, because it rang.</summary>
    public void Disarm() => _armedFor = null;

    public void Dispose() => _timer.Dispose();
}
