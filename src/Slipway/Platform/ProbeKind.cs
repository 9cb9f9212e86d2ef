namespace Slipway.Platform;

/// <summary>How a probe asks.</summary>
public enum ProbeKind
{
    /// <summary>An HTTP GET that must answer 200 to 399.</summary>
    Http,

    /// <summary>The gRPC health protocol.</summary>
    Grpc,

    /// <summary>A TCP connection.</summary>
    Tcp,

    /// <summary>A command in the container that must exit 0.</summary>
    Command,
}
