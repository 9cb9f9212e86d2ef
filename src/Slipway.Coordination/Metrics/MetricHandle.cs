namespace Slipway.Coordination.Metrics;

/// <summary>
/// A metric that is ready to be recorded: name, unit and tags are fixed, so that recording costs neither a look-up nor an allocation.
/// Get it once from the <see cref="MetricsCollector"/> and keep it. Safe for any number of threads.
/// </summary>
public sealed class MetricHandle
{
    private readonly MetricsCollector _collector;
    private readonly MetricSeries _series;
    private readonly TagSet _tags;

    internal MetricHandle(MetricsCollector collector, MetricSeries series, TagSet tags)
    {
        _collector = collector;
        _series = series;
        _tags = tags;
    }

    /// <summary>What is measured.</summary>
    public string Name => _series.Name;

    /// <summary>What the numbers mean.</summary>
    public MetricType Type => _series.Type;

    /// <summary>The unit of the numbers.</summary>
    public string Unit => _series.Unit;

    /// <summary>The fixed tags.</summary>
    public IReadOnlyDictionary<string, string> Tags => _tags.ByName;

    /// <summary>Records a number. It never throws and never waits for a sink; a number that is none, or a negative counter or timing, is counted as dropped.</summary>
    /// <param name="value">The number, in <see cref="Unit"/>.</param>
    /// <param name="correlationId">What it belongs to, or null.</param>
    /// <param name="agentId">The agent it is about, or null.</param>
    public void Record(double value, string? correlationId = null, string? agentId = null) =>
        _collector.Record(_series, _tags, value, correlationId, agentId);

    /// <summary>Records how long something took; for a metric in <c>ms</c>.</summary>
    /// <param name="elapsed">The time.</param>
    /// <param name="correlationId">What it belongs to, or null.</param>
    /// <param name="agentId">The agent it is about, or null.</param>
    public void Record(TimeSpan elapsed, string? correlationId = null, string? agentId = null) =>
        _collector.Record(_series, _tags, elapsed.TotalMilliseconds, correlationId, agentId);

    /// <summary>Records one more.</summary>
    public void Increment() => _collector.Record(_series, _tags, 1, correlationId: null, agentId: null);

    /// <summary>Records a number with tags that are only known now; this allocates. A fixed tag of the same name gives way.</summary>
    /// <param name="value">The number, in <see cref="Unit"/>.</param>
    /// <param name="tags">Further tags: names that are not empty, values that are not null.</param>
    /// <param name="correlationId">What it belongs to, or null.</param>
    /// <param name="agentId">The agent it is about, or null.</param>
    public void RecordTagged(double value, ReadOnlySpan<(string Name, string Value)> tags, string? correlationId = null, string? agentId = null) =>
        _collector.Record(_series, _tags.With(tags), value, correlationId, agentId);
}
