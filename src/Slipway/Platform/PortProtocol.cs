namespace Slipway.Platform;

/// <summary>What is spoken on a port.</summary>
public enum PortProtocol
{
    /// <summary>HTTP over TCP.</summary>
    Http,

    /// <summary>gRPC over TCP.</summary>
    Grpc,

    /// <summary>Anything else over TCP.</summary>
    Tcp,

    /// <summary>UDP.</summary>
    Udp,
}
