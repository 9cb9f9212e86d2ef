using System.Buffers;

namespace Slipway.Coordination.Metrics.Sinks;

/// <summary>
/// Writes metrics to a stream as events <c>metric.recorded</c>, one JSON object a line, each batch with one write. After a write that
/// failed an empty line precedes the next, so that a torn line spoils no other; metrics of a repeated batch keep their ids.
/// </summary>
public sealed class NdjsonMetricSink : IMetricSink
{
    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private bool _isTorn;

    /// <summary>A sink.</summary>
    /// <param name="stream">Where to, at the end of what it holds; the caller opens and closes it.</param>
    /// <param name="name">What the sink is called in reports and logs.</param>
    public NdjsonMetricSink(Stream stream, string name = "ndjson")
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite) throw new ArgumentException("The stream cannot be written.", nameof(stream));
        _stream = stream;
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _buffer.ResetWrittenCount();
        if (_isTorn) _buffer.Write("\n"u8);
        foreach (var metric in batch)
        {
            MetricJson.Write(_buffer, metric);
            _buffer.Write("\n"u8);
        }

        _isTorn = true;
        await _stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
        _isTorn = false;
    }
}
