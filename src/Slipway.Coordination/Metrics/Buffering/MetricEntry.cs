namespace Slipway.Coordination.Metrics.Buffering;

/// <summary>A recorded number before it becomes a <see cref="Metric"/>: no allocation while recording.</summary>
internal readonly record struct MetricEntry(MetricSeries Series, TagSet Tags, double Value, long UtcTicks, string? CorrelationId, string? AgentId)
{
    public Metric ToMetric(string idPrefix, long sequence) => new()
    {
        MetricId = $"{idPrefix}-{sequence}",
        Name = Series.Name,
        Type = Series.Type,
        Value = Value,
        Unit = Series.Unit,
        Tags = Tags.ByName,
        Timestamp = new DateTimeOffset(UtcTicks, TimeSpan.Zero),
        CorrelationId = CorrelationId,
        AgentId = AgentId,
    };
}
