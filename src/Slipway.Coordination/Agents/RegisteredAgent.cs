namespace Slipway.Coordination.Agents;

/// <summary>An agent in a registry: what it is, how it stands and what it has done. Safe for use from many threads; nothing in it locks.</summary>
public sealed class RegisteredAgent
{
    /// <summary>What counts as fully loaded where an agent has no limit: the default <c>concurrency_limit</c> of a context's resources.</summary>
    internal const int UsualConcurrency = 10;

    private readonly TimeProvider _time;
    private int _status;
    private long _lastSign;
    private int _inFlight;
    private long _succeeded;
    private long _failed;
    private double _reportedLoad;

    internal RegisteredAgent(AgentDescriptor descriptor, IAgent agent, TimeProvider time)
    {
        _time = time;
        Descriptor = descriptor;
        Agent = agent;
        Capacity = descriptor.MaxConcurrency is { } limit ? new AgentCapacity(limit) : null;
        _lastSign = time.GetTimestamp();
    }

    /// <summary>What was registered.</summary>
    public AgentDescriptor Descriptor { get; }

    /// <summary>Who does the work.</summary>
    public IAgent Agent { get; }

    /// <summary>Its name.</summary>
    public string Name => Descriptor.Name;

    /// <summary>What it can take at once; null when there is no limit. Who gives it work takes a place first.</summary>
    public AgentCapacity? Capacity { get; }

    /// <summary>How it stands now: what was set last, or inactive when its last sign of life is older than its heartbeat interval.</summary>
    public AgentStatus Status
    {
        get
        {
            var status = (AgentStatus)Volatile.Read(ref _status);
            return status is AgentStatus.Active && Descriptor.HeartbeatInterval is { } interval && Silence > interval ? AgentStatus.Inactive : status;
        }
    }

    /// <summary>How long ago its last sign of life was.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _lastSign));

    /// <summary>How many pieces of work it is doing.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many it did.</summary>
    public long Succeeded => Volatile.Read(ref _succeeded);

    /// <summary>How many it failed at.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>The share of its work that succeeded, 0 to 1; null when it has ended none.</summary>
    public double? SuccessRate
    {
        get
        {
            var succeeded = Succeeded;
            var all = succeeded + Failed;
            return all == 0 ? null : (double)succeeded / all;
        }
    }

    /// <summary>
    /// How busy it is, 0 to 1: its work in flight as a share of its limit (of 10 where it has none), or what it reported itself where
    /// that is more.
    /// </summary>
    public double Load => Math.Max(Math.Min(1, InFlight / (double)(Descriptor.MaxConcurrency ?? UsualConcurrency)), Volatile.Read(ref _reportedLoad));

    /// <summary>Counts a piece of work that begins. Every one must end with <see cref="EndWork"/>.</summary>
    public void BeginWork() => Interlocked.Increment(ref _inFlight);

    /// <summary>Counts a piece of work that has ended. The agent is alive, so this is a sign of life too.</summary>
    /// <param name="outcome">
    /// How it ended. Success and failure count for <see cref="SuccessRate"/>; what was skipped, cancelled or interrupted says nothing of
    /// the agent and does not. Null when there is no outcome.
    /// </param>
    public void EndWork(StepOutcome? outcome)
    {
        Interlocked.Decrement(ref _inFlight);
        if (outcome is null) return;
        if (outcome is StepSuccess) Interlocked.Increment(ref _succeeded);
        else if (outcome is StepFailure { Failure.Kind: not (Failures.FailureKind.Cancelled or Failures.FailureKind.Interrupted) }) Interlocked.Increment(ref _failed);
        if (Descriptor.HeartbeatInterval is not null) Volatile.Write(ref _lastSign, _time.GetTimestamp());
    }

    internal void Heartbeat(double load)
    {
        Volatile.Write(ref _reportedLoad, load);
        Volatile.Write(ref _lastSign, _time.GetTimestamp());
        Interlocked.CompareExchange(ref _status, (int)AgentStatus.Active, (int)AgentStatus.Inactive);
    }

    internal void SetStatus(AgentStatus status)
    {
        if (status is AgentStatus.Active) Volatile.Write(ref _lastSign, _time.GetTimestamp());
        Volatile.Write(ref _status, (int)status);
    }
}
