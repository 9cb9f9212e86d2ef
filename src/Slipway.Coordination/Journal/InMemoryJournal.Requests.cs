using System.Collections.Concurrent;
using Slipway.Coordination.Feeds;

namespace Slipway.Coordination.Journal;

public sealed partial class InMemoryJournal
{
    private readonly ConcurrentDictionary<string, StopRequest> _asked = new(StringComparer.Ordinal);
    private readonly Callbacks _onAsked = new();

    /// <inheritdoc/>
    public ValueTask AskAsync(StopRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        _asked.AddOrUpdate(request.RunId, static (_, asked) => asked, static (_, known, asked) => asked.Kind > known.Kind ? asked : known, request);
        _onAsked.Call();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StopRequest>> FindAskedAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IReadOnlyList<StopRequest>>([.. _asked.Values]);
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runId);
        cancellationToken.ThrowIfCancellationRequested();
        if (_asked.TryRemove(runId, out _)) _onAsked.Call();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IDisposable> WatchRequestsAsync(Action onChange, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onChange);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_onAsked.Add(onChange));
    }

    /// <summary>Who is called at a change.</summary>
    private sealed class Callbacks
    {
        private readonly Lock _gate = new();
        private Action? _callbacks;

        public void Call() => Volatile.Read(ref _callbacks)?.Invoke();

        public IDisposable Add(Action callback)
        {
            lock (_gate) _callbacks += callback;
            return new Watch(this, callback);
        }

        private void Remove(Action callback)
        {
            lock (_gate) _callbacks -= callback;
        }

        private sealed class Watch(Callbacks all, Action callback) : IDisposable
        {
            public void Dispose() => all.Remove(callback);
        }
    }
}
