using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Coordination.State.Stores;

namespace Slipway.Coordination.State;

/// <content>Watching.</content>
public sealed partial class SharedState
{
    /// <summary>
    /// Tells changes as they are made, oldest first, each once, without polling. Each enumeration is a watch of its own and begins where this
    /// call was made (or at <see cref="StateWatchOptions.FromVersion"/>), so nothing between the call and the enumeration is missed. It ends when
    /// the consumer breaks out or the state is disposed; cancelling throws. What a consumer that is too slow is told its
    /// <see cref="StateWatchOptions.WhenFull"/> says.
    /// </summary>
    /// <param name="options">Which changes; null for all from now on.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the state has not reached the version to begin at.</exception>
    /// <remarks>Enumerating throws a <see cref="StateVersionLostException"/> when changes to be told are no longer kept and may not be told as one.</remarks>
    public IAsyncEnumerable<StateChangeRecord> Watch(StateWatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        var chosen = options ?? StateWatchOptions.All;
        StateWatchOptions.Validate(chosen);
        var seen = _current;
        var from = chosen.FromVersion ?? seen.Version;
        if (from < 0 || from > seen.Version)
            throw new ArgumentOutOfRangeException(nameof(options), $"FromVersion must be 0 to {seen.Version}, the version of the state.");
        return WatchAsync(chosen, from, from == seen.Version ? seen : null, cancellationToken);
    }

    /// <summary>Waits until a key has a value that is waited for. A value that is overwritten at once may be missed; the newest never is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isAwaited">Says of a value, null standing for a key that is not there, whether it is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The version of the state that has the value.</returns>
    /// <exception cref="ObjectDisposedException">The state was disposed while it was waited.</exception>
    public async Task<long> WaitUntilAsync(string key, Func<JsonElement?, bool> isAwaited, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isAwaited);
        var changes = Watch(new StateWatchOptions { Key = key }, cancellationToken);
        var now = Snapshot();
        if (isAwaited(now.Get(key))) return now.Version;
        await foreach (var change in changes)
        {
            if (isAwaited(change.NewValue)) return change.Version;
        }

        throw new ObjectDisposedException(nameof(SharedState));
    }

    private async IAsyncEnumerable<StateChangeRecord> WatchAsync(
        StateWatchOptions options, long from, StateSnapshot? seen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (watcher, missed) = BeginWatch(options, from, seen);
        try
        {
            foreach (var record in missed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return record;
            }

            while (await watcher.TakeAsync(cancellationToken) is { } records)
            {
                foreach (var record in records) yield return record;
            }
        }
        finally
        {
            watcher.Complete();
            lock (_gate) _watchers = [.. _watchers.Where(other => other != watcher)];
        }
    }

    private (StateWatcher Watcher, IEnumerable<StateChangeRecord> Missed) BeginWatch(StateWatchOptions options, long from, StateSnapshot? seen)
    {
        lock (_gate)
        {
            var watcher = new StateWatcher(options, _current);
            IEnumerable<StateChangeRecord> missed;
            if (from >= _history.OldestVersion) missed = _history.After(from).SelectMany(watcher.Matching);
            else if (seen is not null && options.WhenFull is StateWatchLag.Coalesce) missed = StateDifference.Between(seen, _current, options);
            else throw new StateVersionLostException(from, $"Changes after version {from} are no longer kept; the oldest version kept is {_history.OldestVersion}.");
            if (_isDisposed) watcher.Complete();
            else _watchers = [.. _watchers, watcher];
            return (watcher, missed);
        }
    }

    private bool MustWait(out Task room)
    {
        room = Task.CompletedTask;
        foreach (var watcher in _watchers)
        {
            if (watcher.IsAwaited(out room)) return true;
        }

        return false;
    }

    /// <summary>Takes over what a store has: the history before it is forgotten, and watchers are told what differs.</summary>
    internal void Replace(StateImage image)
    {
        lock (_gate)
        {
            if (image.Version <= _current.Version) return;
            var before = _current;
            _current = StateSnapshot.Of(image);
            _history.Clear(image.Version);
            foreach (var watcher in _watchers) watcher.Publish(null, before, _current);
        }
    }
}
