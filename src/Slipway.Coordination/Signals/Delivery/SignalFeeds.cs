using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Slipway.Coordination.Signals.Stores;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>What a hub over a store does: every signal is durable first and then delivered.</summary>
internal sealed class SignalFeeds(ISignalStore store, SignalLogs logs, SignalHubOptions options)
{
    private readonly ConcurrentDictionary<string, Lazy<SignalFeed>> _feeds = new(StringComparer.Ordinal);

    /// <summary>Loads a coordination's newest signals and begins to watch for more, unless that is done already.</summary>
    public async ValueTask<SignalLog> OpenAsync(string coordinationId, CancellationToken cancellationToken)
    {
        while (true)
        {
            var feed = _feeds.GetOrAdd(coordinationId, id => new Lazy<SignalFeed>(() => new SignalFeed(store, logs.GetOrAdd(id), logs, options, Forget))).Value;
            try
            {
                await feed.Opened.WaitAsync(cancellationToken);
                if (!feed.Log.IsRemoved) return feed.Log;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && feed.Log.IsRemoved)
            {
                // Removed while it was opened: once more.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logs.Remove(feed.Log);
                throw;
            }
            finally
            {
                if (feed.Log.IsRemoved) Forget(feed);
            }
        }
    }

    public async ValueTask<PublishResult> PublishAsync(Signal signal, PendingRequest? request, CancellationToken cancellationToken)
    {
        long position;
        SignalLog log;
        try
        {
            log = await OpenAsync(signal.CoordinationId, cancellationToken);
            if (await log.WaitForRoomAsync(signal, cancellationToken) is AppendOutcome.Completed) return Completed(signal);
            if (await store.AppendAsync(signal.CoordinationId, [SignalBody.Write(signal)], cancellationToken) is not { } given) return Completed(signal);
            position = given;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            options.Logger.LogError(exception, "A signal of {CoordinationId} could not be stored", signal.CoordinationId);
            return PublishResult.Refused(SignalProblems.StoreFailed(signal.CoordinationId, exception.Message));
        }

        log.Place(signal, position, request);
        return PublishResult.Of(signal);
    }

    /// <summary>Reads what a subscription wants that is older than history.</summary>
    public StoreReplay Replay(string coordinationId, long first, long end) => new(store, coordinationId, first, end);

    public async ValueTask<bool> CompleteAsync(string coordinationId, CancellationToken cancellationToken)
    {
        var hasEnded = await store.TryCompleteAsync(coordinationId, cancellationToken);
        var state = await store.GetStateAsync(coordinationId, cancellationToken);
        return state.LastPosition == 0 ? logs.Get(coordinationId)?.Complete() ?? false : hasEnded;
    }

    public async ValueTask<bool> RemoveAsync(string coordinationId, CancellationToken cancellationToken)
    {
        var wasStored = await store.TryDeleteAsync(coordinationId, cancellationToken);
        return logs.Remove(coordinationId) || wasStored;
    }

    /// <summary>Ends all watches, and returns when none is under way any more.</summary>
    /// <summary>Removes what is older than a moment from the store.</summary>
    public async ValueTask<long> PruneAsync(string coordinationId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var last = 0L;
        await foreach (var stored in store.ReadAsync(coordinationId, 0, cancellationToken))
        {
            if (SignalBody.Read(coordinationId, stored).Timestamp >= before) break;
            last = stored.Position;
        }

        return last == 0 ? 0 : await store.TrimAsync(coordinationId, last, cancellationToken);
    }

    public async ValueTask EndAsync()
    {
        var feeds = _feeds.Values.Where(feed => feed.IsValueCreated).Select(feed => feed.Value).ToList();
        logs.Clear();
        foreach (var feed in feeds)
        {
            await feed.Opened.ContinueWith(static _ => { }, TaskScheduler.Default);
            await feed.Ended;
        }
    }

    private void Forget(SignalFeed feed)
    {
        if (_feeds.TryGetValue(feed.Log.CoordinationId, out var lazy) && lazy.IsValueCreated && lazy.Value == feed)
            _feeds.TryRemove(KeyValuePair.Create(feed.Log.CoordinationId, lazy));
    }

    private static PublishResult Completed(Signal signal) => PublishResult.Refused(SignalProblems.Completed(signal.CoordinationId));
}
