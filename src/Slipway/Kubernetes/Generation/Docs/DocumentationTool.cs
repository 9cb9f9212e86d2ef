using Slipway.Kubernetes.Generation.Overlays;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>
/// A document for people. It is planned first, as what will be made, and written last, from what was made.
/// </summary>
internal sealed class DocumentationTool(string name, string path, string description, Func<DocumentationSource, string> write) : IGenerationTool
{
    /// <summary>The documents, in the order in which a person reads them.</summary>
    public static IReadOnlyList<DocumentationTool> All { get; } =
    [
        new("generate_readme", "README.md", "The front page: environments, first steps, what a person must do, and the plan", ReadmeDocument.Write),
        new("generate_architecture_doc", "docs/architecture.md", "The architecture, with a picture of who calls whom", ArchitectureDocument.Write),
        new("generate_deployment_guide", "docs/deployment-guide.md", "The deployment guide", DeploymentDocument.Write),
        new("generate_iam_doc", "docs/iam-setup.md", "The IAM roles and how they are made", IamDocument.Write),
        new("generate_secrets_doc", "docs/secrets-management.md", "The secrets, where they come from and how they are filled", SecretsDocument.Write),
        new("generate_troubleshooting_doc", "docs/troubleshooting.md", "What goes wrong and what to do", TroubleshootingDocument.Write),
        new("generate_argocd_doc", "docs/argocd-setup.md", "Argo CD and its applications", ArgoCdDocument.Write),
    ];

    public string Name => name;

    public string Description => $"{description}.";

    public IReadOnlyList<ToolParameter> Parameters { get; } = [];

    /// <summary>Where the document is.</summary>
    public string Path => path;

    /// <summary>One sentence without its end.</summary>
    public string Summary => description;

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var platform = new PlatformText(call.Model, value => call.Node(value).Text);
        var files = call.Item.DependsOn.SelectMany(call.FilesOf).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        return [GeneratedFile.PlainText(path, write(new DocumentationSource(platform, call.Items, files)))];
    }
}
