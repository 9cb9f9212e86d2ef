using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Workloads;

/// <summary>Health probes as nodes.</summary>
internal static class ProbeNodes
{
    public static MappingNode? Of(Probe? probe, Workload workload, ToolCall call)
    {
        if (probe is null) return null;
        var node = new MappingNode();
        switch (probe.Kind)
        {
            case ProbeKind.Http:
                node.Add("httpGet", new MappingNode().Add("path", Path(probe, call)).Add("port", PortName(probe, workload, call)));
                break;
            case ProbeKind.Grpc:
                // The one probe that takes a number only.
                node.Add("grpc", new MappingNode().Add("port", PortNumber(probe, workload, call)));
                break;
            case ProbeKind.Tcp:
                node.Add("tcpSocket", new MappingNode().Add("port", PortName(probe, workload, call)));
                break;
            default:
                node.Add("exec", new MappingNode().Add("command", new SequenceNode(probe.Command.Select(call.Node))));
                break;
        }

        node.Add("initialDelaySeconds", call.Node(probe.InitialDelaySeconds)).Add("periodSeconds", call.Node(probe.PeriodSeconds));
        if (probe.TimeoutSeconds is { } timeout) node.Add("timeoutSeconds", call.Node(timeout));
        if (probe.FailureThreshold is { } failures) node.Add("failureThreshold", call.Node(failures));
        return node;
    }

    private static ScalarNode Path(Probe probe, ToolCall call) =>
        call.Node(probe.Path ?? Value.Default("/health", "health check path"));

    private static ScalarNode PortName(Probe probe, Workload workload, ToolCall call) =>
        probe.Port is { } name ? call.Node(name)
        : workload.Ports is [var first, ..] ? call.Node(first.Name)
        : ScalarNode.Of("http", Provenance.Default("port name"));

    private static ScalarNode PortNumber(Probe probe, Workload workload, ToolCall call)
    {
        var wanted = probe.Port is { IsUnknown: false } name ? name.Content : null;
        var port = workload.Ports.FirstOrDefault(candidate => wanted is null || (!candidate.Name.IsUnknown && candidate.Name.Content == wanted));
        return port is null ? PortName(probe, workload, call) : call.Node(port.ContainerPort);
    }
}
