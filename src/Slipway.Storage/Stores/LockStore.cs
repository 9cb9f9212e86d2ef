using System.Runtime.CompilerServices;
using Slipway.Coordination.Locks;
using Slipway.Storage.Waking;

namespace Slipway.Storage.Stores;

/// <summary>Locks in a database.</summary>
internal sealed class LockStore(ILockTable table, ChangeBell bell, TimeProvider timers) : ILockStore
{
    /// <summary>A ticket is renewed three times in its life, as every lease.</summary>
    private const int RenewalsInALife = 3;

    public static string TopicOf(string resource) => $"lock:{resource}";

    public async ValueTask<LockGrant> AcquireAsync(LockRequest request, Action<ResourceLock>? onBlocked = null, CancellationToken cancellationToken = default)
    {
        Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        var attempt = await table.TryAcquireAsync(request, ticket: 0, cancellationToken);
        return attempt.Grant ?? await WaitAsync(request, attempt, onBlocked, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<LockGrant>> RenewAsync(
        IReadOnlyList<LockGrant> grants, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grants);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        if (grants.Count == 0) return grants;
        var (until, tokens) = await table.RenewAsync([.. grants.Select(grant => grant.FencingToken)], duration, cancellationToken);
        return [.. grants.Where(grant => tokens.Contains(grant.FencingToken)).Select(grant => grant with { ExpiresAt = until })];
    }

    public async ValueTask ReleaseAsync(LockGrant grant, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grant);
        await table.RemoveAsync(grant.FencingToken, mustBeValid: false, cancellationToken);
    }

    public ValueTask<int> ReleaseRunAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return table.RemoveRunAsync(runId, cancellationToken);
    }

    public async IAsyncEnumerable<ResourceLock> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var one in await table.ListAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return one;
        }
    }

    public ValueTask<bool> BreakAsync(long fencingToken, CancellationToken cancellationToken = default) =>
        table.RemoveAsync(fencingToken, mustBeValid: true, cancellationToken);

    private static void Check(LockRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.Duration, TimeSpan.Zero, nameof(request));
        ArgumentOutOfRangeException.ThrowIfZero(request.Resources.Count, nameof(request));
        if (request.Resources.Distinct(StringComparer.Ordinal).Count() != request.Resources.Count)
            throw new ArgumentException("A resource is named twice.", nameof(request));
    }

    private async Task<LockGrant> WaitAsync(
        LockRequest request, LockAttempt attempt, Action<ResourceLock>? onBlocked, CancellationToken cancellationToken)
    {
        var isDone = false;
        try
        {
            using var watch = await bell.WatchAsync([.. request.Resources.Select(TopicOf)], cancellationToken);
            // What was freed between the first attempt and the watch rang for nobody.
            do
            {
                attempt = await table.TryAcquireAsync(request, attempt.Ticket, cancellationToken);
                if (attempt.Grant is { } grant)
                {
                    isDone = true;
                    return grant;
                }

                if (attempt.Blocker is { } blocker)
                {
                    onBlocked?.Invoke(blocker);
                    onBlocked = null;
                }
            }
            while (await watch.WaitAsync(Shorter(attempt.RetryAfter, request.Duration / RenewalsInALife), timers, cancellationToken));

            throw new ObjectDisposedException(nameof(ILockStore));
        }
        finally
        {
            // Also when the last attempt was cancelled after the database had granted it: nothing is held then.
            if (!isDone) await table.LeaveAsync(attempt.Ticket, CancellationToken.None);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
