using System.Diagnostics.CodeAnalysis;
using Slipway.Coordination.Signals.Delivery;

namespace Slipway.Coordination.Signals;

/// <summary>
/// The signals of one coordination for one consumer, in order, each once. It begins when it is made, not when it is first read. It ends when
/// the consumer leaves the loop, its token is cancelled, it is disposed, or the coordination is completed and all has been given.
/// </summary>
/// <remarks>
/// Subscriptions are independent of each other, those of one agent too. Consumers run on threads of their own, never on a publisher's. One
/// that waits for room in its own subscription by publishing asynchronously inside its loop waits for itself.
/// </remarks>
public sealed class SignalSubscription : IAsyncEnumerable<Signal>, IAsyncDisposable
{
    private readonly SignalLog _log;
    private readonly SignalCursor _cursor;
    private int _isRead;

    internal SignalSubscription(SignalLog log, SignalCursor cursor)
    {
        _log = log;
        _cursor = cursor;
    }

    /// <summary>The coordination.</summary>
    public string CoordinationId => _log.CoordinationId;

    /// <summary>Signals given to the consumer.</summary>
    public long Delivered => _cursor.Delivered;

    /// <summary>Signals the consumer missed because it was slow.</summary>
    public long Dropped => _log.GetState(_cursor).Dropped;

    /// <summary>Signals that fit and wait for the consumer.</summary>
    public long Lag => _log.GetState(_cursor).Lag;

    /// <summary>How many of the positions asked for history had dropped before the subscription began.</summary>
    public long Missing => _cursor.Missing;

    /// <summary>Reads the signals. A subscription is read once; leaving the loop ends it.</summary>
    /// <exception cref="InvalidOperationException">It is being read already.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    /// <exception cref="SignalOverflowException">While reading: the consumer was too slow and the policy is to fail.</exception>
    public IAsyncEnumerator<Signal> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isRead, 1) == 1) throw new InvalidOperationException("A subscription is read once. Subscribe again.");
        _cursor.EndWith(cancellationToken);
        return _cursor;
    }

    /// <summary>Takes the next signal if there is one already. Not to be mixed with reading in a loop.</summary>
    /// <exception cref="InvalidOperationException">Older signals are to be read from the hub's store first.</exception>
    public bool TryRead([NotNullWhen(true)] out Signal? signal)
    {
        var hasSignal = _cursor.TryMoveNext();
        signal = hasSignal ? _cursor.Current : null;
        return hasSignal;
    }

    /// <summary>Ends the subscription; a consumer that waits leaves its loop.</summary>
    public ValueTask DisposeAsync() => _cursor.DisposeAsync();
}
