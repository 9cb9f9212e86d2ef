using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Metrics;

namespace Slipway.Telemetry.Otlp;

/// <summary>
/// Exports what is recorded into the meter <see cref="CoordinationMetricNames.Meter"/> to an OpenTelemetry collector, from its start on,
/// by every <see cref="MetricsCollector"/> of the process. A host that has OpenTelemetry of its own needs none of this:
/// <c>AddMeter("Slipway.Coordination")</c> is enough.
/// </summary>
public sealed class OtlpMetrics : IDisposable
{
    private readonly MeterProvider _provider;
    private readonly int _timeoutMilliseconds;
    private readonly TimeSpan _timeout;
    private bool _isStopped;

    private OtlpMetrics(OtlpMetricsOptions options)
    {
        _timeout = options.Timeout;
        _timeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddService(options.ServiceName))
            .AddMeter(CoordinationMetricNames.Meter)
            .AddOtlpExporter((exporter, reader) =>
            {
                Configure(exporter, options);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = _timeoutMilliseconds;
            })
            .Build();
    }

    /// <summary>Begins to export.</summary>
    /// <param name="options">Where to and how; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is not usable.</exception>
    public static OtlpMetrics Start(OtlpMetricsOptions? options = null)
    {
        options ??= new OtlpMetricsOptions();
        OtlpMetricsOptions.Validate(options);
        return new OtlpMetrics(options);
    }

    /// <summary>Exports all that is recorded now.</summary>
    /// <returns>Whether the collector took it.</returns>
    public bool Flush() => _provider.ForceFlush(_timeoutMilliseconds);

    /// <summary>Exports what is recorded a last time, and ends. Further calls do nothing.</summary>
    /// <returns>Null, or that the collector did not take it.</returns>
    public Diagnostic? Stop()
    {
        if (_isStopped) return null;
        _isStopped = true;
        // A shutdown exports too, but keeps to itself whether that was taken.
        var isExported = Flush();
        _provider.Shutdown(isExported ? _timeoutMilliseconds : 0);
        _provider.Dispose();
        return isExported ? null : TelemetryDiagnostics.NotExported(_timeout);
    }

    /// <summary>Stops.</summary>
    public void Dispose() => Stop();

    private static void Configure(OtlpExporterOptions exporter, OtlpMetricsOptions options)
    {
        exporter.Protocol = options.Protocol is OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
        if (options.Endpoint is { } endpoint)
            exporter.Endpoint = options.Protocol is OtlpProtocol.HttpProtobuf && endpoint.AbsolutePath == "/" ? new Uri(endpoint, "/v1/metrics") : endpoint;
        if (options.Headers.Count > 0) exporter.Headers = string.Join(',', options.Headers.Select(header => $"{header.Key}={Uri.EscapeDataString(header.Value)}"));
    }
}
