using Slipway.Documents;
using Slipway.Kubernetes.Generation.Tools;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Workloads;

/// <summary>The values of the template <c>pod</c>.</summary>
internal static class PodValues
{
    /// <summary>Renders a workload's pod.</summary>
    public static Node Render(Workload workload, ToolCall call) =>
        call.Render("pod", Of(workload, call)) is [var pod, ..] ? pod.Root : new MappingNode();

    private static MappingNode Of(Workload workload, ToolCall call)
    {
        var values = new MappingNode()
            .Add("name", ScalarNode.Of(workload.Name, workload.Source))
            .Add("image", call.Node(workload.Image.Name))
            .Add("labels", Labels.Of(workload, call))
            .Add("serviceAccount", call.Node(workload.ServiceAccount))
            .Add("runAsUser", call.Node(workload.RunAsUser))
            .Add("fsGroup", call.Node(workload.FsGroup))
            .Add("ports", Ports(workload, call))
            .Add("resources", Resources(workload.Resources, call))
            .Add("command", new SequenceNode(workload.Command.Select(call.Node)))
            .Add("args", new SequenceNode(workload.Arguments.Select(call.Node)))
            .Add("env", EnvironmentNodes.Variables(workload, call))
            .Add("envFrom", EnvironmentNodes.Sources(workload, call));
        if (Annotations(workload, call) is { } annotations) values.Add("annotations", annotations);
        if (workload.Kind != WorkloadKind.Deployment) values.Add("restartPolicy", ScalarNode.Of("OnFailure", Provenance.Default("restart policy of jobs")));
        if (workload.TerminationGracePeriodSeconds is { } grace) values.Add("terminationGracePeriodSeconds", call.Node(grace));
        if (ProbeNodes.Of(workload.Startup, workload, call) is { } startup) values.Add("startup", startup);
        if (ProbeNodes.Of(workload.Readiness, workload, call) is { } readiness) values.Add("readiness", readiness);
        if (ProbeNodes.Of(workload.Liveness, workload, call) is { } liveness) values.Add("liveness", liveness);
        var volumes = new VolumeNodes(workload, call);
        return values.Add("volumes", volumes.Volumes).Add("volumeMounts", volumes.Mounts);
    }

    private static SequenceNode Ports(Workload workload, ToolCall call) => new(workload.Ports.Select(port => new MappingNode()
        .Add("name", call.Node(port.Name))
        .Add("port", call.Node(port.ContainerPort))
        .Add("protocol", Protocol(port))));

    /// <summary>TCP or UDP.</summary>
    public static ScalarNode Protocol(WorkloadPort port) => ScalarNode.Of(port.Protocol == PortProtocol.Udp ? "UDP" : "TCP", port.Name.Source);

    private static MappingNode Resources(ResourceNeeds needs, ToolCall call) => new MappingNode()
        .Add("requests", new MappingNode().Add("cpu", call.Node(needs.CpuRequest)).Add("memory", call.Node(needs.MemoryRequest)))
        .Add("limits", new MappingNode().Add("cpu", call.Node(needs.CpuLimit)).Add("memory", call.Node(needs.MemoryLimit)));

    private static MappingNode? Annotations(Workload workload, ToolCall call)
    {
        var annotations = new MappingNode();
        if (workload.Metrics is { } metrics)
        {
            annotations.Add("prometheus.io/scrape", ScalarNode.Of("true", metrics.Path.Source));
            if (FindPort(workload, metrics.Port) is { } port) annotations.Add("prometheus.io/port", AsText(call.Node(port.ContainerPort)));
            annotations.Add("prometheus.io/path", call.Node(metrics.Path));
        }

        foreach (var (key, value) in workload.Annotations) annotations[key] = call.Node(value);
        return annotations.Count == 0 ? null : annotations;
    }

    /// <summary>The port of a name; the main one when nothing has that name.</summary>
    public static WorkloadPort? FindPort(Workload workload, string? name) =>
        workload.Ports.FirstOrDefault(port => name is not null && port.Name is { IsUnknown: false } known && known.Content == name)
        ?? (workload.Ports is [var main, ..] ? main : null);

    private static ScalarNode AsText(ScalarNode node) => ScalarNode.Of(node.Text, node.Source);
}
