namespace Slipway.Coordination.Metrics.Sinks;

/// <summary>Keeps the newest metrics in memory, for tests and for showing them. Safe for any number of threads.</summary>
public sealed class InMemoryMetricSink : IMetricSink
{
    private readonly Lock _gate = new();
    private readonly Queue<Metric> _metrics = new();
    private readonly int _capacity;

    /// <summary>A sink.</summary>
    /// <param name="capacity">How many are kept, 1 or more; the oldest go first.</param>
    public InMemoryMetricSink(int capacity = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <summary>What is kept, the oldest first: a copy.</summary>
    public IReadOnlyList<Metric> Metrics
    {
        get
        {
            lock (_gate) return [.. _metrics];
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(IReadOnlyList<Metric> batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var metric in batch)
            {
                if (_metrics.Count == _capacity) _metrics.Dequeue();
                _metrics.Enqueue(metric);
            }
        }

        return ValueTask.CompletedTask;
    }
}
