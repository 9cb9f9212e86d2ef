namespace Slipway.Coordination.Metrics;

/// <summary>
/// A place where metrics go. A collector calls each of its sinks by one thread at a time and never waits for it while recording;
/// what a sink throws is logged, counted and tried again within <see cref="MetricsOptions.SinkRetries"/>.
/// </summary>
public interface IMetricSink
{
    /// <summary>What the sink is called in reports and logs.</summary>
    string Name { get; }

    /// <summary>Writes a batch, whole or not at all where the place allows it.</summary>
    /// <param name="batch">At most <see cref="MetricsOptions.BatchSize"/> metrics, in the order they were recorded; it may be kept.</param>
    /// <param name="cancellationToken">Cancelled after <see cref="MetricsOptions.SinkTimeout"/>.</param>
    ValueTask WriteAsync(IReadOnlyList<Metric> batch, CancellationToken cancellationToken);

    /// <summary>Brings on its way what the sink itself still holds: called by a flush and when stopping. Default: nothing.</summary>
    /// <param name="cancellationToken">Cancelled after <see cref="MetricsOptions.SinkTimeout"/>.</param>
    ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
