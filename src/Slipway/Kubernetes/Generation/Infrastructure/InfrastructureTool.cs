using Slipway.Documents;
using Slipway.Kubernetes.Generation.Iam;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Infrastructure;

/// <summary><c>generate_infrastructure</c>: a folder of what the cluster needs before the platform: Helm values, and what no chart makes.</summary>
internal sealed class InfrastructureTool : IGenerationTool
{
    /// <summary>The tool's name.</summary>
    public const string ToolName = "generate_infrastructure";

    /// <summary>The root's own kustomization, as the argument <c>part</c> names it.</summary>
    public const string Root = "root";

    private const string SecretStoreFile = "secret-store.yaml";

    public string Name => ToolName;

    public string Description => "Makes a folder of the cluster's infrastructure: Helm values, namespaces, accounts and what the charts leave out.";

    public IReadOnlyList<ToolParameter> Parameters { get; } =
        [new ToolParameter("part", "string", "external-secrets, aws-load-balancer-controller, argocd, or root for what gathers them.", Required: true)];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var part = call.Arguments.Text("part")!;
        if (part == Root) return [Kustomization(call, "infrastructure", call.Items.Where(IsPart).Select(item => item.Arguments.Text("part")!))];
        var folder = $"infrastructure/{part}";
        var chart = PinnedCharts.All.First(candidate => candidate.Folder == part);
        var resources = new List<GeneratedFile>();
        if (chart != PinnedCharts.LoadBalancerController) resources.Add(Make(call, $"{folder}/namespace.yaml", "infrastructure-namespace", new MappingNode().Add("name", chart.Namespace)));
        if (chart == PinnedCharts.LoadBalancerController) resources.Add(Make(call, $"{folder}/ingress-class.yaml", "ingress-class", new MappingNode().Add("name", "alb")));
        if (chart == PinnedCharts.ExternalSecrets) resources.Add(Make(call, $"{folder}/service-account.yaml", "infrastructure-service-account", Account(call)));
        var names = resources.Select(file => file.Path[(folder.Length + 1)..]).ToList();
        if (call.Item.DependsOn.Any(id => call.FilesOf(id).Any(file => file.Path == $"{folder}/{SecretStoreFile}"))) names.Add(SecretStoreFile);
        return
        [
            .. resources,
            Kustomization(call, folder, names),
            Make(call, $"{folder}/values.yaml", $"{part}-values", Values(call, chart), [$"Values of the chart {chart.Chart} {chart.Version} ({chart.AppVersion}) of {chart.Repository}."]),
        ];
    }

    private static bool IsPart(GenerationItem item) => item.Tool == ToolName && item.Arguments.Text("part") != Root;

    private static GeneratedFile Kustomization(ToolCall call, string folder, IEnumerable<string> resources)
    {
        var list = new SequenceNode(resources.Order(StringComparer.Ordinal).Select(name => ScalarNode.Of(name)));
        return Make(call, $"{folder}/kustomization.yaml", "infrastructure-kustomization", new MappingNode().Add("resources", list));
    }

    private static GeneratedFile Make(ToolCall call, string path, string template, MappingNode values, IReadOnlyList<string>? header = null)
    {
        var documents = call.Render(template, Origins.Complete(values, Provenance.Default("cluster infrastructure")));
        return GeneratedFile.Yaml(path, header is null ? documents : [.. documents.Select(document => document with { Header = header })]);
    }

    private static MappingNode Account(ToolCall call)
    {
        var role = call.Model.Inventory.ServiceAccounts.FirstOrDefault(account => account.Name == SecretStoreAccount.Name)?.IrsaRole ?? SecretStoreAccount.RoleKey;
        return new MappingNode()
            .Add("name", SecretStoreAccount.Name)
            .Add("namespace", SecretStoreAccount.Namespace)
            .Add("roleArn", call.Node(IamRoles.Arn(Text(call), role)));
    }

    private static MappingNode Values(ToolCall call, PinnedChart chart)
    {
        var values = new MappingNode();
        if (chart != PinnedCharts.LoadBalancerController) return values;
        var facts = call.Model.Facts;
        values
            .Add("clusterName", call.Node(facts.Cluster?.Name ?? Value.Unknown<string>("kubernetes.cluster_name", Provenance.Derived("a platform without a cluster"))))
            .Add("region", call.Node(facts.Project.Region))
            .Add("serviceAccount", chart.Name)
            .Add("roleArn", call.Node(IamRoles.Arn(Text(call), IamRoles.LoadBalancerKey)));
        if (facts.Networking is { } network) values.Add("vpcId", call.Node(network.VpcId));
        return values;
    }

    private static PlatformText Text(ToolCall call) => new(call.Model, value => call.Node(value).Text);
}
