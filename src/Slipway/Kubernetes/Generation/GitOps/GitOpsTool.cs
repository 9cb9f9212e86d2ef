using Slipway.Documents;
using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.GitOps;

/// <summary><c>generate_argocd_application</c>: an Argo CD application, or what gathers them.</summary>
internal sealed class GitOpsTool : IGenerationTool
{
    /// <summary>The tool's name.</summary>
    public const string ToolName = "generate_argocd_application";

    public string Name => ToolName;

    public string Description => "Makes an Argo CD application: of a chart, of the infrastructure, or of an environment; without arguments, the kustomization that gathers them.";

    public IReadOnlyList<ToolParameter> Parameters { get; } =
    [
        new ToolParameter("chart", "string", "The name of a chart of the infrastructure."),
        new ToolParameter("env", "string", "The name of an environment."),
        new ToolParameter("infrastructure", "boolean", "True for the application of the folder infrastructure/.", "false"),
    ];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var names = new GitOpsNames(new PlatformText(call.Model, value => call.Node(value).Text));
        if (call.Arguments.Text("chart") is { } chart) return [Chart(call, names, PinnedCharts.All.First(candidate => candidate.Name == chart))];
        if (call.Arguments.Text("env") is { } environment)
        {
            var target = names.Platform.Environments.First(candidate => candidate.Name == environment);
            return [Folder(call, names, names.Environment(environment), "3", names.Project, target.Overlay, call.Node(target.Environment.Namespace ?? call.Model.Facts.Project.Namespace))];
        }

        if (call.Arguments.Has("infrastructure"))
            return [Folder(call, names, names.Infrastructure, "2", names.InfrastructureProject, "infrastructure", ScalarNode.Of(PinnedCharts.ArgoCd.Namespace))];
        var files = call.Items.Where(item => item.Tool is ToolName or GitOpsProjectTool.ToolName && item.Id != call.Item.Id).SelectMany(item => item.Paths);
        var resources = new SequenceNode(files.Select(path => path["argocd-apps/".Length..]).Order(StringComparer.Ordinal).Select(path => ScalarNode.Of(path)));
        return [GeneratedFile.Yaml(call.Item.Paths[0], Render(call, "infrastructure-kustomization", new MappingNode().Add("resources", resources)))];
    }

    private static GeneratedFile Folder(ToolCall call, GitOpsNames names, string name, string phase, string project, string folder, ScalarNode target) =>
        GeneratedFile.Yaml(call.Item.Paths[0], Render(call, "argocd-application", new MappingNode()
            .Add("name", ScalarNode.Of(name, Named(call)))
            .Add("namespace", PinnedCharts.ArgoCd.Namespace)
            .Add("phase", phase)
            .Add("project", ScalarNode.Of(project, Named(call)))
            .Add("repository", call.Node(call.Model.GitOps.RepositoryUrl))
            .Add("revision", call.Node(call.Model.GitOps.Revision))
            .Add("path", ScalarNode.Of(names.PathOf(folder), Placed(call)))
            .Add("targetNamespace", target)));

    private static GeneratedFile Chart(ToolCall call, GitOpsNames names, PinnedChart chart) =>
        GeneratedFile.Yaml(call.Item.Paths[0], Render(call, "argocd-chart-application", new MappingNode()
            .Add("name", chart.Name)
            .Add("release", chart.Name)
            .Add("namespace", PinnedCharts.ArgoCd.Namespace)
            .Add("phase", "1")
            .Add("project", ScalarNode.Of(names.InfrastructureProject, Named(call)))
            .Add("chartRepository", chart.Repository)
            .Add("chart", chart.Chart)
            .Add("version", chart.Version)
            .Add("repository", call.Node(call.Model.GitOps.RepositoryUrl))
            .Add("revision", call.Node(call.Model.GitOps.Revision))
            .Add("valuesFile", ScalarNode.Of($"$values/{names.PathOf($"infrastructure/{chart.Folder}/values.yaml")}", Placed(call)))
            .Add("targetNamespace", chart.Namespace)));

    private static Provenance Named(ToolCall call) => Provenance.Derived("the project's name") with { Place = call.Model.Facts.Project.Name.Source.Place };

    private static Provenance Placed(ToolCall call) => Provenance.Derived("gitops.path and the folder") with { Place = call.Model.GitOps.Path.Source.Place };

    private static IReadOnlyList<Document> Render(ToolCall call, string template, MappingNode values) =>
        call.Render(template, Origins.Complete(values, Provenance.Default("Argo CD applications")));
}
