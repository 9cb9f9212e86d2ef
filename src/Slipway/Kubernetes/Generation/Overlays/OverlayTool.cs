using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary><c>generate_overlay</c>: the overlay of an environment.</summary>
internal sealed class OverlayTool : IGenerationTool
{
    /// <summary>The tool's name.</summary>
    public const string ToolName = "generate_overlay";

    public string Name => ToolName;

    public string Description => "Makes the Kustomize overlay of an environment: its kustomization and what it has otherwise than the base, as patches.";

    public IReadOnlyList<ToolParameter> Parameters { get; } =
        [new ToolParameter("env", "string", "The environment's name, as slipway.yaml lists it.", Required: true)];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var environment = call.Model.Environments.First(candidate => candidate.Name == call.Arguments.Text("env"));
        var names = new EnvironmentNames(call.Model, environment, value => call.Node(value).Text);
        var nodes = new OverlayNodes(names, call.Node, call.Node);
        var documents = call.Item.DependsOn
            .SelectMany(call.FilesOf)
            .Where(file => file.Path.StartsWith("base/", StringComparison.Ordinal) && !file.Path.EndsWith("/kustomization.yaml", StringComparison.Ordinal))
            .SelectMany(file => file.Documents);
        var source = Provenance.Derived($"the overlay of {names.Name}");
        return
        [
            .. new OverlayBuilder(call.Model, names, nodes).Build(documents)
                .Select(file => GeneratedFile.Yaml(file.Path, [.. file.Documents.Select(document => Origins.Complete(document, source))])),
        ];
    }
}
