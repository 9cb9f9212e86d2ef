using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Telemetry.Kafka.Native;

namespace Slipway.Telemetry.Kafka;

/// <summary>
/// Sends metrics as events <c>metric.recorded</c>, keyed by metric name, and alerts as events <c>alert.triggered</c>, keyed by rule, to
/// Kafka, through the librdkafka that the machine has. A write completes when the brokers have acknowledged each message; when it is tried
/// again, only what they have not is sent again. Safe for any number of threads.
/// </summary>
public sealed class KafkaMetricSink : IMetricSink, IAlertNotifier, IAsyncDisposable
{
    private readonly LibRdKafka _library;
    private readonly KafkaMetricSinkOptions _options;
    private readonly KafkaProducer _producer;
    private readonly ConcurrentDictionary<int, Delivery> _deliveries = new();
    private readonly SemaphoreSlim _oneWrite = new(1);

    // Nothing is handed to a producer that is gone.
    private readonly Lock _sending = new();
    private Delivery? _unsettled;
    private int _newestDelivery;
    private bool _isDisposed;
    private long _delivered;
    private long _failed;

    /// <summary>A sink. The brokers are not asked yet.</summary>
    /// <param name="options">Which cluster, and how.</param>
    /// <exception cref="TelemetryException">librdkafka is not installed, or refuses a setting.</exception>
    /// <exception cref="ArgumentException">An option is not usable.</exception>
    public KafkaMetricSink(KafkaMetricSinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        KafkaMetricSinkOptions.Validate(options);
        _options = options;
        _library = LibRdKafka.Require();
        _producer = new KafkaProducer(_library, options, OnDelivered);
    }

    /// <inheritdoc/>
    public string Name => "kafka";

    /// <summary>How many messages the brokers have acknowledged.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>How often a message was not delivered.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await _oneWrite.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(_unsettled?.Batch, batch))
            {
                // The one before was given up; what of it is still under way is only counted.
                if (_unsettled is { } earlier) _deliveries.TryRemove(earlier.Number, out _);
                _unsettled = Begin(batch, batch.Count);
            }

            var delivery = _unsettled!;
            Send(delivery, _options.MetricTopic, i => batch[i].Name, (payload, i) => MetricJson.Write(payload, batch[i]));
            await FinishAsync(delivery, batch.Count, cancellationToken);
            _deliveries.TryRemove(delivery.Number, out _);
            _unsettled = null;
        }
        finally
        {
            _oneWrite.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask NotifyAsync(Alert alert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var delivery = Begin(alert, 1);
        try
        {
            Send(delivery, _options.AlertTopic, _ => alert.RuleId, (payload, _) => MetricJson.Write(payload, alert));
            await FinishAsync(delivery, 1, cancellationToken);
        }
        finally
        {
            _deliveries.TryRemove(delivery.Number, out _);
        }
    }

    /// <summary>Waits for messages under way within <see cref="KafkaMetricSinkOptions.StopTimeout"/>, and ends. Stop the collector first.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_sending)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        await Task.Run(_producer.Dispose);
    }

    private Delivery Begin(object batch, int count)
    {
        var delivery = new Delivery(Interlocked.Increment(ref _newestDelivery), batch, count);
        _deliveries[delivery.Number] = delivery;
        return delivery;
    }

    /// <summary>Hands over what of a delivery is neither delivered nor under way.</summary>
    private void Send(Delivery delivery, string topic, Func<int, string> keyOf, Action<ArrayBufferWriter<byte>, int> write)
    {
        var payload = new ArrayBufferWriter<byte>();
        lock (_sending)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            foreach (var message in delivery.TakeOpen())
            {
                payload.ResetWrittenCount();
                write(payload, message);
                var tag = (nint)(((long)delivery.Number << 32) | (uint)message);
                var error = _producer.Produce(topic, Encoding.UTF8.GetBytes(keyOf(message)), payload.WrittenSpan, tag);
                if (error != 0) OnDelivered(tag, error);
            }
        }
    }

    private async Task FinishAsync(Delivery delivery, int count, CancellationToken cancellationToken)
    {
        await delivery.Settled.WaitAsync(cancellationToken);
        if (delivery.Failed is > 0 and var failed)
            throw new TelemetryException(TelemetryDiagnostics.NotDelivered(failed, count, _library.TextOf(delivery.LastError)));
    }

    private void OnDelivered(nint tag, int error)
    {
        if (error == 0) Interlocked.Increment(ref _delivered);
        else Interlocked.Increment(ref _failed);
        if (_deliveries.TryGetValue((int)((long)tag >> 32), out var delivery)) delivery.Report((int)(uint)(long)tag, error);
    }
}
