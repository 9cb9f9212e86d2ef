using Slipway.Documents;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_service</c>.</summary>
internal sealed class ServiceTool() : TemplateTool<Workload>(
    "generate_service", "service", "base/services/services.yaml", "Makes ClusterIP Services for the workloads with ports.")
{
    public const string HealthPath = "/health";

    protected override IEnumerable<Workload> Select(ToolCall call) => call.Model.Inventory.Workloads.Where(HasService);

    /// <summary>True for what is reached over the network: a long-running workload with ports.</summary>
    public static bool HasService(Workload workload) => workload is { Kind: WorkloadKind.Deployment, Ports.Count: > 0 };

    protected override string NameOf(Workload one) => one.Name;

    protected override MappingNode Values(Workload one, ToolCall call)
    {
        var values = Begin(ScalarNode.Of(one.Name, one.Source), Labels.Of(one, call), call)
            .Add("selector", Labels.Selector(one, call))
            .Add("ports", new SequenceNode(one.Ports.Select(port => new MappingNode()
                .Add("name", call.Node(port.Name))
                .Add("port", call.Node(port.ServicePort))
                .Add("protocol", PodValues.Protocol(port)))));

        // The load balancer asks every target group for the Ingress' path unless the Service says otherwise.
        if (one.Ingress.Count > 0 && one.Readiness is { Kind: ProbeKind.Http, Path: { } path } && path is not { IsUnknown: false, Content: HealthPath })
            values.Add("annotations", new MappingNode().Add("alb.ingress.kubernetes.io/healthcheck-path", call.Node(path)));
        return values;
    }
}
