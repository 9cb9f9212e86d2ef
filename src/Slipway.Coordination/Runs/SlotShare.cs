namespace Slipway.Coordination.Runs;

/// <summary>One run's part in a pool of slots.</summary>
internal sealed class SlotShare(SlotPool pool, int priority, long number, Action wake)
{
    public int Priority => priority;

    /// <summary>The order of joining; of equals the older goes first.</summary>
    public long Number => number;

    /// <summary>How much the run has had, measured by its priority. Only for the pool.</summary>
    internal double Pass { get; set; }

    /// <summary>Slots that the run was given and has not taken. Only for the pool.</summary>
    internal int SetAside { get; set; }

    /// <summary>Whether the run waits for a slot. Only for the pool.</summary>
    internal bool IsWaiting { get; set; }

    /// <summary>Takes a slot; when there is none the run is woken as soon as one was set aside for it.</summary>
    public bool TryTake() => pool.TryTake(this);

    public void Release() => pool.Release(1);

    public void Retake() => pool.Retake();

    /// <summary>Says that the run wants no more for now.</summary>
    public void Withdraw() => pool.Withdraw(this);

    public void Wake() => wake();
}
