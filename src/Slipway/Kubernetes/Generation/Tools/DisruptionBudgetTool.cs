using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_pdb</c>.</summary>
internal sealed class DisruptionBudgetTool() : TemplateTool<Workload>(
    "generate_pdb", "pdb", "base/pdb/pdb.yaml", "Makes the PodDisruptionBudgets.")
{
    protected override IEnumerable<Workload> Select(ToolCall call) => call.Model.Inventory.Workloads.Where(HasBudget);

    public static bool HasBudget(Workload workload) => workload is { Kind: WorkloadKind.Deployment, DisruptionBudget: not null };

    protected override string NameOf(Workload one) => one.Name;

    protected override MappingNode Values(Workload one, ToolCall call)
    {
        var values = Begin(ScalarNode.Of($"{one.Name}-pdb", one.Source), Labels.Of(one, call), call).Add("selector", Labels.Selector(one, call));
        if (one.DisruptionBudget!.MinAvailable is { } least) values.Add("minAvailable", NumberOrPercentage(call.Node(least)));
        if (one.DisruptionBudget.MaxUnavailable is { } most) values.Add("maxUnavailable", NumberOrPercentage(call.Node(most)));
        return values;
    }

    private static ScalarNode NumberOrPercentage(ScalarNode node) =>
        node.Text.Length is > 0 and < 10 && node.Text.All(char.IsAsciiDigit) ? new ScalarNode(node.Text, ScalarKind.Integer) { Source = node.Source } : node;
}
