using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Slipway.Telemetry.Kafka;

/// <summary>Which cluster takes metrics, and how.</summary>
public sealed record KafkaMetricSinkOptions
{
    /// <summary>The brokers to begin with, as <c>host:port</c>, several with commas between them.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>Where metrics go. Default: <c>slipway.metric.recorded.v1</c>.</summary>
    public string MetricTopic { get; init; } = "slipway.metric.recorded.v1";

    /// <summary>Where alerts go. Default: <c>slipway.alert.triggered.v1</c>.</summary>
    public string AlertTopic { get; init; } = "slipway.alert.triggered.v1";

    /// <summary>Further settings of librdkafka by their names there, such as <c>security.protocol</c> and <c>sasl.password</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a message may take to be delivered before it counts as failed, 1 s to 15 min. Default: 30 s.</summary>
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the end waits for messages that are still under way, 0 to 10 min. Default: 5 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where librdkafka's own messages are told. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal static void Validate(KafkaMetricSinkOptions options)
    {
        var problem = string.IsNullOrWhiteSpace(options.BootstrapServers) ? "BootstrapServers must name a broker"
            : string.IsNullOrWhiteSpace(options.MetricTopic) ? "MetricTopic must name a topic"
            : string.IsNullOrWhiteSpace(options.AlertTopic) ? "AlertTopic must name a topic"
            : options.DeliveryTimeout < TimeSpan.FromSeconds(1) || options.DeliveryTimeout > TimeSpan.FromMinutes(15) ? "DeliveryTimeout must be 1 s to 15 min"
            : options.StopTimeout < TimeSpan.Zero || options.StopTimeout > TimeSpan.FromMinutes(10) ? "StopTimeout must be 0 to 10 min"
            : null;
        if (problem is not null) throw new ArgumentException(problem, nameof(options));
    }
}
