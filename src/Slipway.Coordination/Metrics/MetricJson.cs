using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Metrics.Alerts;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Metrics;

/// <summary>The JSON forms of metrics, alerts and statistics: stable names, no white space, what is null is left out. Described in <c>docs/output-formats.md</c>.</summary>
public static class MetricJson
{
    /// <summary>The version of the events <c>metric.recorded</c> and <c>alert.triggered</c>; it grows only when a reader of the older one would misread.</summary>
    public const int EventVersion = 1;

    private static readonly string[] TypeNames = ["timing", "counter", "gauge", "rate"];

    /// <summary>Writes the event <c>metric.recorded</c>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="metric">The metric.</param>
    public static void Write(IBufferWriter<byte> output, Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        using var writer = Begin(output, "metric.recorded");
        writer.WriteString("metric_id", metric.MetricId);
        writer.WriteString("metric_name", metric.Name);
        writer.WriteString("metric_type", NameOf(metric.Type));
        writer.WriteNumber("value", metric.Value);
        writer.WriteString("unit", metric.Unit);
        WriteTags(writer, metric.Tags);
        writer.WriteString("timestamp", JsonFields.Time(metric.Timestamp));
        if (metric.CorrelationId is { } correlationId) writer.WriteString("correlation_id", correlationId);
        if (metric.AgentId is { } agentId) writer.WriteString("agent_id", agentId);
        End(writer);
    }

    /// <summary>Writes the event <c>alert.triggered</c>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="alert">The alert.</param>
    public static void Write(IBufferWriter<byte> output, Alert alert)
    {
        ArgumentNullException.ThrowIfNull(alert);
        using var writer = Begin(output, "alert.triggered");
        writer.WriteString("alert_id", alert.AlertId);
        writer.WriteString("rule_id", alert.RuleId);
        writer.WriteString("severity", AlertNames.Of(alert.Severity));
        writer.WriteString("metric_name", alert.MetricName);
        writer.WriteNumber("threshold", alert.Threshold);
        writer.WriteNumber("actual_value", alert.ActualValue);
        writer.WriteString("message", alert.Message);
        writer.WriteString("timestamp", JsonFields.Time(alert.Timestamp));
        WriteTags(writer, alert.Tags);
        if (alert.CorrelationId is { } correlationId) writer.WriteString("correlation_id", correlationId);
        if (alert.Suppressed > 0) writer.WriteNumber("suppressed", alert.Suppressed);
        End(writer);
    }

    /// <summary>Writes a collector's statistics: <c>buffer_size</c>, <c>buffer_capacity</c>, <c>metrics_since_flush</c> what was dropped, how each sink fares, and under <c>metrics</c> the summary of each name.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="snapshot">The statistics.</param>
    public static void Write(IBufferWriter<byte> output, MetricsSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        MetricsSnapshotJson.Write(writer, snapshot);
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, Metric)"/> wrote; unknown properties are passed over.</summary>
    /// <param name="utf8">The event.</param>
    /// <exception cref="JsonException">It is no such event, or one of a newer version.</exception>
    public static Metric ReadMetric(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        try
        {
            var type = JsonFields.Text(document.RootElement, "type");
            var version = JsonFields.Required(document.RootElement, "version").GetInt32();
            if (type != "metric.recorded" || version > EventVersion) throw new JsonException($"It is the event '{type}' of version {version}, not 'metric.recorded' of version {EventVersion}.");
            return ReadData(JsonFields.Required(document.RootElement, "data"));
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException($"A property of the event has the wrong type: {exception.Message}", exception);
        }
    }

    /// <summary>The stable name of a type: <c>timing</c>, <c>counter</c>, <c>gauge</c>, <c>rate</c>.</summary>
    /// <param name="type">The type.</param>
    public static string NameOf(MetricType type) => TypeNames[(int)type];

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static Metric ReadData(JsonElement data)
    {
        var type = Array.IndexOf(TypeNames, JsonFields.Text(data, "metric_type"));
        if (type < 0) throw new JsonException("The 'metric_type' is none of those known.");
        return new Metric
        {
            MetricId = JsonFields.Text(data, "metric_id"),
            Name = JsonFields.Text(data, "metric_name"),
            Type = (MetricType)type,
            Value = JsonFields.Required(data, "value").GetDouble(),
            Unit = JsonFields.Text(data, "unit"),
            Tags = data.TryGetProperty("tags", out var tags) ? ReadTags(tags) : TagSet.Empty.ByName,
            Timestamp = JsonFields.Required(data, "timestamp").GetDateTimeOffset(),
            CorrelationId = JsonFields.OptionalText(data, "correlation_id"),
            AgentId = JsonFields.OptionalText(data, "agent_id"),
        };
    }

    private static IReadOnlyDictionary<string, string> ReadTags(JsonElement tags) =>
        tags.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "", StringComparer.Ordinal);

    private static Utf8JsonWriter Begin(IBufferWriter<byte> output, string type)
    {
        var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteNumber("version", EventVersion);
        writer.WriteStartObject("data");
        return writer;
    }

    private static void End(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count == 0) return;
        writer.WriteStartObject("tags");
        foreach (var (name, value) in tags) writer.WriteString(name, value);
        writer.WriteEndObject();
    }
}
