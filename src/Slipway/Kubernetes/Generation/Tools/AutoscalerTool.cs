using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_hpa</c>.</summary>
internal sealed class AutoscalerTool() : TemplateTool<Workload>(
    "generate_hpa", "hpa", "base/hpa/hpa.yaml", "Makes the HorizontalPodAutoscalers; up at once, down by one pod a minute after five minutes.")
{
    protected override IEnumerable<Workload> Select(ToolCall call) => call.Model.Inventory.Workloads.Where(HasAutoscaler);

    public static bool HasAutoscaler(Workload workload) => workload is { Kind: WorkloadKind.Deployment, Autoscaling: not null };

    protected override string NameOf(Workload one) => one.Name;

    protected override MappingNode Values(Workload one, ToolCall call)
    {
        var scaling = one.Autoscaling!;
        var values = Begin(ScalarNode.Of($"{one.Name}-hpa", one.Source), Labels.Of(one, call), call)
            .Add("target", ScalarNode.Of(one.Name, one.Source))
            .Add("minimum", call.Node(scaling.Minimum))
            .Add("maximum", call.Node(scaling.Maximum));
        if (scaling.CpuPercent is { } cpu) values.Add("cpu", call.Node(cpu));
        if (scaling.MemoryPercent is { } memory) values.Add("memory", call.Node(memory));
        return values;
    }
}
