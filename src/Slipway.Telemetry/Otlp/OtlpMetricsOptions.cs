namespace Slipway.Telemetry.Otlp;

/// <summary>Where metrics are exported to, and how.</summary>
public sealed record OtlpMetricsOptions
{
    /// <summary>
    /// The collector, such as <c>http://localhost:4318</c>; over HTTP a path that is missing becomes <c>/v1/metrics</c>. Null for what
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says, and this machine where that says nothing. Default: null.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>How the collector is spoken to. Default: <see cref="OtlpProtocol.HttpProtobuf"/>.</summary>
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.HttpProtobuf;

    /// <summary>What is sent with every request, such as <c>authorization</c>. Names and values without commas and equals signs, except in values. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How often is exported, 100 ms to 1 h. Default: 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one export may take, 100 ms to 10 min. Default: 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The service that the metrics are of, 1 to 200 characters. Default: <c>slipway</c>.</summary>
    public string ServiceName { get; init; } = "slipway";

    internal static void Validate(OtlpMetricsOptions options)
    {
        var problem = options.Endpoint is { IsAbsoluteUri: false } or { Scheme: not ("http" or "https") } ? "Endpoint must be an http or https address"
            : !Enum.IsDefined(options.Protocol) ? "Protocol must be HttpProtobuf or Grpc"
            : options.Headers.Any(header => header.Key is "" || header.Key.AsSpan().ContainsAny("=,\r\n") || header.Value.AsSpan().ContainsAny(",\r\n")) ? "Headers must have neither commas nor line ends"
            : IsOutside(options.Interval, TimeSpan.FromHours(1)) ? "Interval must be 100 ms to 1 h"
            : IsOutside(options.Timeout, TimeSpan.FromMinutes(10)) ? "Timeout must be 100 ms to 10 min"
            : options.ServiceName is not { Length: >= 1 and <= 200 } ? "ServiceName must have 1 to 200 characters"
            : null;
        if (problem is not null) throw new ArgumentException(problem, nameof(options));
    }

    private static bool IsOutside(TimeSpan value, TimeSpan most) => value < TimeSpan.FromMilliseconds(100) || value > most;
}
