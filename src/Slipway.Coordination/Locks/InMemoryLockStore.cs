using System.Runtime.CompilerServices;

namespace Slipway.Coordination.Locks;

/// <summary>Locks in memory, for the runs of one process.</summary>
/// <param name="time">The clock of the leases. Default: the system's.</param>
public sealed class InMemoryLockStore(TimeProvider? time = null) : ILockStore
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Held>> _held = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, Held> _byToken = [];
    private readonly LinkedList<Waiter> _waiters = [];
    private ITimer? _expiry;
    // Never later than the first expiry; a renewal may leave it too early.
    private DateTimeOffset _earliestExpiry = DateTimeOffset.MaxValue;
    private long _newestToken;

    /// <inheritdoc/>
    public ValueTask<LockGrant> AcquireAsync(LockRequest request, Action<ResourceLock>? onBlocked = null, CancellationToken cancellationToken = default)
    {
        Validate(request);
        cancellationToken.ThrowIfCancellationRequested();
        ResourceLock? blocker;
        Waiter waiter;
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            DropExpired(now);
            if (!IsBlocked(request, _waiters.Last, out blocker)) return ValueTask.FromResult(Grant(request, now));
            waiter = new Waiter(request);
            waiter.Node = _waiters.AddLast(waiter);
            ArmExpiry(now);
        }

        if (blocker is not null) onBlocked?.Invoke(blocker);
        return new ValueTask<LockGrant>(WaitAsync(waiter, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LockGrant>> RenewAsync(IReadOnlyList<LockGrant> grants, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grants);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        var renewed = new List<LockGrant>(grants.Count);
        lock (_gate)
        {
            var until = _time.GetUtcNow() + duration;
            foreach (var grant in grants)
            {
                // One that has run out is still its holder's as long as nobody else was given it.
                if (!_byToken.TryGetValue(grant.FencingToken, out var held)) continue;
                held.Grant = held.Grant with { ExpiresAt = until };
                renewed.Add(held.Grant);
            }
        }

        return new ValueTask<IReadOnlyList<LockGrant>>(renewed);
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(LockGrant grant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        lock (_gate)
        {
            if (_byToken.TryGetValue(grant.FencingToken, out var held)) Remove(held);
            ServeWaiters(_time.GetUtcNow());
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> ReleaseRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        lock (_gate)
        {
            var held = _byToken.Values.Where(candidate => candidate.Grant.RunId == runId).ToList();
            foreach (var one in held) Remove(one);
            ServeWaiters(_time.GetUtcNow());
            return ValueTask.FromResult(held.Count);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ResourceLock> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await ValueTask.CompletedTask;
        List<ResourceLock> locks;
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            locks = [.. _byToken.Values.Where(held => held.Grant.ExpiresAt > now).SelectMany(held => held.Grant.Resources.Select(held.Describe))];
        }

        foreach (var one in locks.OrderBy(one => one.Resource, StringComparer.Ordinal).ThenBy(one => one.FencingToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return one;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> BreakAsync(long fencingToken, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            if (!_byToken.TryGetValue(fencingToken, out var held) || held.Grant.ExpiresAt <= now) return ValueTask.FromResult(false);
            Remove(held);
            ServeWaiters(now);
            return ValueTask.FromResult(true);
        }
    }

    private static void Validate(LockRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Duration, TimeSpan.Zero, nameof(request));
        ArgumentOutOfRangeException.ThrowIfZero(request.Resources.Count, nameof(request));
        if (request.Resources.Count > 1 && request.Resources.Distinct(StringComparer.Ordinal).Count() != request.Resources.Count)
            throw new ArgumentException("A resource is named twice.", nameof(request));
    }

    private async Task<LockGrant> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (store, waiter) = ((InMemoryLockStore, Waiter))state!;
                store.GiveUp(waiter, token);
            },
            (this, waiter));
        return await waiter.Granted.Task.ConfigureAwait(false);
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!waiter.Granted.TrySetCanceled(cancellationToken)) return;
            _waiters.Remove(waiter.Node!);
            ServeWaiters(_time.GetUtcNow());
        }
    }

    /// <summary>Whether somebody holds a resource of the request, or waits for one since longer.</summary>
    private bool IsBlocked(LockRequest request, LinkedListNode<Waiter>? lastBefore, out ResourceLock? blocker)
    {
        blocker = null;
        foreach (var resource in request.Resources)
        {
            if (!_held.TryGetValue(resource, out var holders)) continue;
            foreach (var holder in holders)
            {
                if (request.Within.Contains(holder.Grant.FencingToken)) continue;
                blocker = holder.Describe(resource);
                return true;
            }
        }

        // What a step holds is asked for by its own sub-run out of turn: the step cannot end before the sub-run does.
        if (request.Within.Count > 0) return false;
        for (var node = lastBefore; node is not null; node = node.Previous)
        {
            if (node.Value.Request.Resources.Any(resource => request.Resources.Contains(resource, StringComparer.Ordinal))) return true;
        }

        return false;
    }

    private LockGrant Grant(LockRequest request, DateTimeOffset now)
    {
        var held = new Held(new LockGrant(request.RunId, request.StepId, request.Resources, ++_newestToken, now + request.Duration), request, now);
        foreach (var resource in request.Resources)
        {
            if (!_held.TryGetValue(resource, out var holders)) _held.Add(resource, holders = []);
            holders.Add(held);
        }

        _byToken.Add(_newestToken, held);
        if (held.Grant.ExpiresAt < _earliestExpiry) _earliestExpiry = held.Grant.ExpiresAt;
        return held.Grant;
    }

    private void Remove(Held held)
    {
        _byToken.Remove(held.Grant.FencingToken);
        foreach (var resource in held.Grant.Resources)
        {
            var holders = _held[resource];
            holders.Remove(held);
            if (holders.Count == 0) _held.Remove(resource);
        }
    }

    private void DropExpired(DateTimeOffset now)
    {
        if (now < _earliestExpiry) return;
        foreach (var held in _byToken.Values.Where(held => held.Grant.ExpiresAt <= now).ToList()) Remove(held);
        _earliestExpiry = _byToken.Count == 0 ? DateTimeOffset.MaxValue : _byToken.Values.Min(held => held.Grant.ExpiresAt);
    }

    private void ServeWaiters(DateTimeOffset now)
    {
        if (_waiters.Count == 0) return;
        DropExpired(now);
        for (var node = _waiters.First; node is not null;)
        {
            var next = node.Next;
            if (!IsBlocked(node.Value.Request, node.Previous, out _))
            {
                _waiters.Remove(node);
                node.Value.Granted.SetResult(Grant(node.Value.Request, now));
            }

            node = next;
        }

        ArmExpiry(now);
    }

    /// <summary>Rings when the first lease runs out that somebody may be waiting for.</summary>
    private void ArmExpiry(DateTimeOffset now)
    {
        if (_waiters.Count == 0 || _byToken.Count == 0) return;
        _expiry ??= _time.CreateTimer(static state => ((InMemoryLockStore)state!).OnExpiry(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _expiry.Change(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((_earliestExpiry - now).TotalMilliseconds), 0, int.MaxValue)), Timeout.InfiniteTimeSpan);
    }

    private void OnExpiry()
    {
        lock (_gate) ServeWaiters(_time.GetUtcNow());
    }

    private sealed class Held(LockGrant grant, LockRequest request, DateTimeOffset acquiredAt)
    {
        public LockGrant Grant { get; set; } = grant;

        public ResourceLock Describe(string resource) =>
            new(resource, Grant.RunId, Grant.StepId, request.Owner, request.Reason, Grant.FencingToken, acquiredAt, Grant.ExpiresAt);
    }

    private sealed class Waiter(LockRequest request)
    {
        public LockRequest Request => request;

        public TaskCompletionSource<LockGrant> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Waiter>? Node { get; set; }
    }
}
