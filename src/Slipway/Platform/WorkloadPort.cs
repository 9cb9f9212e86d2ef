namespace Slipway.Platform;

/// <summary>A port of a workload.</summary>
/// <param name="Name">An IANA service name of at most 15 characters, unique in the workload; <c>http</c> for a single HTTP port.</param>
/// <param name="ContainerPort">1 to 65535.</param>
/// <param name="ServicePort">1 to 65535; the container port by default.</param>
/// <param name="Protocol">HTTP by default.</param>
public sealed record WorkloadPort(Value<string> Name, Value<int> ContainerPort, Value<int> ServicePort, PortProtocol Protocol);
