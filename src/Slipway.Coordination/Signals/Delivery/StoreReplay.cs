using Slipway.Coordination.Signals.Stores;

namespace Slipway.Coordination.Signals.Delivery;

/// <summary>Reads what is older than a hub's history from its store, a page at a time.</summary>
/// <param name="store">The store.</param>
/// <param name="coordinationId">The coordination.</param>
/// <param name="first">The first position wanted.</param>
/// <param name="end">The first position that history has.</param>
internal sealed class StoreReplay(ISignalStore store, string coordinationId, long first, long end)
{
    private const int PageSize = 256;
    private readonly Queue<Signal> _page = new(PageSize);
    private long _next = first;

    /// <summary>How many of the positions that were read are no longer in the store.</summary>
    public long Missing { get; private set; }

    /// <summary>The next signal, or null when history has the rest.</summary>
    public async ValueTask<Signal?> NextAsync(CancellationToken cancellationToken)
    {
        if (_page.Count == 0 && _next < end) await ReadPageAsync(cancellationToken);
        return _page.TryDequeue(out var signal) ? signal : null;
    }

    private async ValueTask ReadPageAsync(CancellationToken cancellationToken)
    {
        await foreach (var stored in store.ReadAsync(coordinationId, _next - 1, cancellationToken))
        {
            if (stored.Position >= end) break;
            Missing += stored.Position - _next;
            _page.Enqueue(SignalBody.Read(coordinationId, stored));
            _next = stored.Position + 1;
            if (_page.Count == PageSize) return;
        }

        Missing += end - _next;
        _next = end;
    }
}
