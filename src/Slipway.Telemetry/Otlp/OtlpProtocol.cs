namespace Slipway.Telemetry.Otlp;

/// <summary>How a collector is spoken to.</summary>
public enum OtlpProtocol
{
    /// <summary>Protocol buffers over HTTP/1.1, by custom on port 4318.</summary>
    HttpProtobuf,

    /// <summary>gRPC over HTTP/2, by custom on port 4317.</summary>
    Grpc,
}
