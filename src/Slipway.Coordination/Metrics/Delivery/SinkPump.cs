using Microsoft.Extensions.Logging;
using Slipway.Coordination.Metrics.Buffering;

namespace Slipway.Coordination.Metrics.Delivery;

/// <summary>
/// Brings batches to one sink, in order and by itself, so that a slow or failing sink harms no other. What waits is bounded: beyond
/// the bound the oldest batch is dropped and counted.
/// </summary>
internal sealed class SinkPump(IMetricSink sink, MetricsOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Item> _waiting = new();
    private readonly Wakeup _wakeup = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _work = Task.CompletedTask;
    private bool _isClosed;
    private int _waitingMetrics;
    private int _underWay;
    private long _written;
    private long _refused;
    private long _dropped;
    private long _failures;
    private string? _lastError;

    public void Start() => _work = Task.Run(RunAsync);

    /// <summary>Queues a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isLast">Whether it comes from the buffer of a collector that takes no more: it is bounded by itself.</param>
    public void Enqueue(IReadOnlyList<Metric> batch, bool isLast)
    {
        lock (_gate)
        {
            _waiting.Enqueue(new Item(batch, Flushed: null));
            _waitingMetrics += batch.Count;
            while (!isLast && _waitingMetrics > options.BufferSize) Drop(_waiting.Dequeue());
        }

        _wakeup.Set();
    }

    /// <summary>Completes once everything enqueued before has been written, refused or dropped, and the sink was asked to flush.</summary>
    public Task FlushAsync()
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isClosed) return _work;
            _waiting.Enqueue(new Item([], flushed));
        }

        _wakeup.Set();
        return flushed.Task;
    }

    /// <summary>Delivers what waits, without pauses between attempts, and ends. What is not delivered when the token is cancelled counts as refused.</summary>
    public async Task StopAsync(CancellationToken giveUp)
    {
        lock (_gate) _isClosed = true;
        await _hurry.CancelAsync();
        _wakeup.Set();
        try
        {
            await _work.WaitAsync(giveUp);
        }
        catch (OperationCanceledException)
        {
            GiveUp();
            await _abandon.CancelAsync();
        }
    }

    public SinkReport Report()
    {
        lock (_gate) return new SinkReport(sink.Name, _written, _waitingMetrics + _underWay, _refused, _dropped, _failures, _lastError);
    }

    /// <summary>After the end; a sink that was given up keeps its cancelled token.</summary>
    public void Dispose()
    {
        _hurry.Dispose();
        if (!_abandon.IsCancellationRequested) _abandon.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            Item item;
            bool isClosed;
            lock (_gate)
            {
                isClosed = _isClosed;
                if (_waiting.TryDequeue(out item))
                {
                    _underWay = item.Batch.Count;
                    _waitingMetrics -= _underWay;
                }
            }

            if (item.Batch is { Count: > 0 } batch)
            {
                var isWritten = await TryAsync(token => sink.WriteAsync(batch, token), "take a batch of metrics", options.SinkRetries);
                if (!Settle(isWritten)) return;
            }
            else if (item.Flushed is not null || isClosed)
            {
                await TryAsync(sink.FlushAsync, "flush", retries: 0);
                item.Flushed?.SetResult();
                if (item.Flushed is null) return;
            }
            else
            {
                await _wakeup.WaitAsync();
            }
        }
    }

    private bool Settle(bool isWritten)
    {
        lock (_gate)
        {
            // Given up in between: it is counted already.
            if (_abandon.IsCancellationRequested) return false;
            if (isWritten) _written += _underWay;
            else _refused += _underWay;
            _underWay = 0;
            return true;
        }
    }

    private async Task<bool> TryAsync(Func<CancellationToken, ValueTask> act, string what, int retries)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var timeout = new CancellationTokenSource(options.SinkTimeout, options.Time);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _abandon.Token);
                await act(linked.Token);
                return true;
            }
            catch (Exception exception)
            {
                lock (_gate)
                {
                    _failures++;
                    _lastError = exception is OperationCanceledException ? $"it took longer than {options.SinkTimeout.TotalSeconds} s" : exception.Message;
                }

                options.Logger.LogWarning(exception, "The sink {Sink} failed to {What}, attempt {Attempt} of {Attempts}", sink.Name, what, attempt + 1, retries + 1);
                if (attempt >= retries || _abandon.IsCancellationRequested) return false;
            }

            await PauseAsync(options.SinkRetryDelay * (1 << attempt));
        }
    }

    private async Task PauseAsync(TimeSpan pause)
    {
        if (pause == TimeSpan.Zero) return;
        await Task.Delay(pause, options.Time, _hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void GiveUp()
    {
        lock (_gate)
        {
            _refused += _waitingMetrics + _underWay;
            _lastError ??= "it had not taken them when the time to stop was over";
            _waitingMetrics = _underWay = 0;
            foreach (var item in _waiting) item.Flushed?.TrySetResult();
            _waiting.Clear();
        }
    }

    private void Drop(Item item)
    {
        _waitingMetrics -= item.Batch.Count;
        _dropped += item.Batch.Count;
        item.Flushed?.TrySetResult();
    }

    private readonly record struct Item(IReadOnlyList<Metric> Batch, TaskCompletionSource? Flushed);
}
