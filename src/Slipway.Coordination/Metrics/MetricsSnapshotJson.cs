using System.Text.Json;

namespace Slipway.Coordination.Metrics;

/// <summary>Writes statistics as JSON.</summary>
internal static class MetricsSnapshotJson
{
    private static readonly string[] Reasons = ["buffer_full", "invalid_value", "stopped"];

    public static void Write(Utf8JsonWriter writer, MetricsSnapshot snapshot)
    {
        writer.WriteStartObject();
        writer.WriteNumber("buffer_size", snapshot.BufferSize);
        writer.WriteNumber("buffer_capacity", snapshot.BufferCapacity);
        writer.WriteNumber("metrics_since_flush", snapshot.MetricsSinceFlush);
        writer.WriteNumber("recorded", snapshot.Recorded);
        writer.WriteNumber("dropped", snapshot.Dropped);
        writer.WriteStartObject("dropped_by_reason");
        foreach (var (reason, count) in snapshot.DroppedByReason) writer.WriteNumber(Reasons[(int)reason], count);
        writer.WriteEndObject();
        writer.WriteNumber("alerts_triggered", snapshot.AlertsTriggered);
        writer.WriteNumber("alerts_suppressed", snapshot.AlertsSuppressed);
        writer.WriteStartArray("sinks");
        foreach (var sink in snapshot.Sinks) WriteSink(writer, sink);
        writer.WriteEndArray();
        writer.WriteStartObject("metrics");
        foreach (var summary in snapshot.Metrics.Values) WriteSummary(writer, summary);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSink(Utf8JsonWriter writer, SinkReport sink)
    {
        writer.WriteStartObject();
        writer.WriteString("name", sink.Name);
        writer.WriteNumber("written", sink.Written);
        writer.WriteNumber("waiting", sink.Waiting);
        writer.WriteNumber("refused", sink.Refused);
        writer.WriteNumber("dropped", sink.Dropped);
        writer.WriteNumber("failures", sink.Failures);
        if (sink.LastError is { } error) writer.WriteString("last_error", error);
        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, MetricSummary summary)
    {
        writer.WriteStartObject(summary.Name);
        writer.WriteString("metric_type", MetricJson.NameOf(summary.Type));
        writer.WriteString("unit", summary.Unit);
        writer.WriteNumber("count", summary.Count);
        writer.WriteNumber("sum", summary.Sum);
        writer.WriteNumber("min", summary.Min);
        writer.WriteNumber("max", summary.Max);
        writer.WriteNumber("mean", summary.Mean);
        writer.WriteNumber("last", summary.Last);
        writer.WriteNumber("p50", summary.P50);
        writer.WriteNumber("p99", summary.P99);
        writer.WriteEndObject();
    }
}
