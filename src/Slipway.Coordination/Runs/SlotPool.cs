namespace Slipway.Coordination.Runs;

/// <summary>
/// A limit on what goes on at once, shared by runs. While slots are scarce each run gets them in proportion to its priority plus one
/// (stride scheduling: Waldspurger and Weihl, 1995), so that a higher priority means more, and no run is left without.
/// </summary>
/// <param name="limit">How many slots there are, 1 or more.</param>
internal sealed class SlotPool(int limit)
{
    private readonly Lock _gate = new();
    private readonly List<SlotShare> _waiting = [];
    private int _taken;
    private double _pass;
    private long _shares;

    /// <summary>Lets a run take part.</summary>
    /// <param name="priority">The run's priority, 0 to 100.</param>
    /// <param name="wake">Called, from any thread, when a slot was set aside for the run.</param>
    public SlotShare Join(int priority, Action wake) => new(this, priority, Interlocked.Increment(ref _shares), wake);

    internal bool TryTake(SlotShare share)
    {
        lock (_gate)
        {
            if (share.SetAside > 0)
            {
                share.SetAside--;
                return true;
            }

            if (_taken < limit)
            {
                _taken++;
                Charge(share);
                return true;
            }

            if (!share.IsWaiting)
            {
                share.IsWaiting = true;
                // Who was idle has saved nothing up.
                share.Pass = Math.Max(share.Pass, _pass);
                _waiting.Add(share);
            }

            return false;
        }
    }

    /// <summary>Takes a slot whether there is one or not: for an attempt that goes on after it had lent its slot out.</summary>
    internal void Retake()
    {
        lock (_gate) _taken++;
    }

    internal void Release(int count)
    {
        if (count == 0) return;
        List<SlotShare>? woken = null;
        lock (_gate)
        {
            _taken -= count;
            while (_taken < limit && TakeNext() is { } next)
            {
                _taken++;
                next.SetAside++;
                Charge(next);
                (woken ??= []).Add(next);
            }
        }

        foreach (var share in woken ?? []) share.Wake();
    }

    /// <summary>Ends the waiting of a run and takes back what was set aside for it.</summary>
    internal void Withdraw(SlotShare share)
    {
        int unused;
        lock (_gate)
        {
            if (share.IsWaiting) _waiting.Remove(share);
            share.IsWaiting = false;
            unused = share.SetAside;
            share.SetAside = 0;
        }

        Release(unused);
    }

    private SlotShare? TakeNext()
    {
        SlotShare? next = null;
        foreach (var share in _waiting)
        {
            if (next is null || share.Pass < next.Pass || (share.Pass == next.Pass && share.Number < next.Number)) next = share;
        }

        if (next is null) return null;
        _waiting.Remove(next);
        next.IsWaiting = false;
        _pass = next.Pass;
        return next;
    }

    private static void Charge(SlotShare share) => share.Pass += 1.0 / (share.Priority + 1);
}
