using Slipway.Documents;
using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.GitOps;

/// <summary>
/// <c>generate_argocd_project</c>: two AppProjects. That of the environments may only make the kinds that the base has, in their namespaces, from
/// the generated repository; that of the infrastructure may only use the pinned charts' repositories.
/// </summary>
internal sealed class GitOpsProjectTool : IGenerationTool
{
    /// <summary>The tool's name.</summary>
    public const string ToolName = "generate_argocd_project";

    private static readonly (string Group, string Kind)[] ClusterKinds =
    [
        ("", "Namespace"),
        ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
        ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"),
        ("apiextensions.k8s.io", "CustomResourceDefinition"),
        ("elbv2.k8s.aws", "IngressClassParams"),
        ("external-secrets.io", "ClusterSecretStore"),
        ("networking.k8s.io", "IngressClass"),
        ("rbac.authorization.k8s.io", "ClusterRole"),
        ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    ];

    public string Name => ToolName;

    public string Description => "Makes the Argo CD projects, which bound repositories, namespaces and kinds.";

    public IReadOnlyList<ToolParameter> Parameters { get; } = [];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var names = new GitOpsNames(new PlatformText(call.Model, value => call.Node(value).Text));
        return [GeneratedFile.Yaml(call.Item.Paths[0], [.. Platform(call, names), .. Infrastructure(call, names)])];
    }

    private static IReadOnlyList<Document> Platform(ToolCall call, GitOpsNames names)
    {
        var kinds = call.Item.DependsOn
            .SelectMany(call.FilesOf)
            .Where(file => file.Path.StartsWith("base/", StringComparison.Ordinal))
            .SelectMany(file => file.Documents)
            .Select(document => document.Root)
            .OfType<MappingNode>()
            .Where(root => root.Text("kind") is not (null or "Namespace" or "Kustomization"))
            .Select(root => (Group: GroupOf(root.Text("apiVersion") ?? "v1"), Kind: root.Text("kind")!))
            .Distinct()
            .OrderBy(kind => kind.Group, StringComparer.Ordinal)
            .ThenBy(kind => kind.Kind, StringComparer.Ordinal);
        var namespaces = names.Platform.Environments.Select(environment => environment.Namespace).Distinct(StringComparer.Ordinal);
        return Render(call, new MappingNode()
            .Add("name", names.Project)
            .Add("namespace", PinnedCharts.ArgoCd.Namespace)
            .Add("description", $"The environments of {names.Platform.Project}.")
            .Add("repositories", new SequenceNode([call.Node(call.Model.GitOps.RepositoryUrl)]))
            .Add("namespaces", Texts(namespaces))
            .Add("clusterKinds", Kinds([("", "Namespace")]))
            .Add("kinds", Kinds(kinds)));
    }

    private static IReadOnlyList<Document> Infrastructure(ToolCall call, GitOpsNames names)
    {
        var repositories = Texts(PinnedCharts.For(call.Model).Select(chart => chart.Repository));
        repositories.Add(call.Node(call.Model.GitOps.RepositoryUrl));
        return Render(call, new MappingNode()
            .Add("name", names.InfrastructureProject)
            .Add("namespace", PinnedCharts.ArgoCd.Namespace)
            .Add("description", $"What the cluster needs before {names.Platform.Project}.")
            .Add("repositories", repositories)
            .Add("namespaces", Texts(PinnedCharts.For(call.Model).Select(chart => chart.Namespace)))
            .Add("clusterKinds", Kinds(ClusterKinds)));
    }

    private static string GroupOf(string version) => version.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? version[..slash] : "";

    private static SequenceNode Texts(IEnumerable<string> texts) => new(texts.Select(text => ScalarNode.Of(text)));

    private static SequenceNode Kinds(IEnumerable<(string Group, string Kind)> kinds) =>
        new(kinds.Select(kind => new MappingNode().Add("group", kind.Group).Add("kind", kind.Kind)));

    private static IReadOnlyList<Document> Render(ToolCall call, MappingNode values) =>
        call.Render("argocd-project", Origins.Complete(values, Provenance.Default("Argo CD projects")));
}
