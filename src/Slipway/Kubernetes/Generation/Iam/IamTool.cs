using Slipway.Kubernetes.Generation.Overlays;

namespace Slipway.Kubernetes.Generation.Iam;

/// <summary><c>generate_iam</c>: policies, trust policies, a script and Terraform code for the roles of service accounts.</summary>
internal sealed class IamTool : IGenerationTool
{
    /// <summary>The tool's name.</summary>
    public const string ToolName = "generate_iam";

    public string Name => ToolName;

    public string Description => "Makes the IAM policies and trust policies of the service accounts' roles, a script and Terraform code that make the roles.";

    public IReadOnlyList<ToolParameter> Parameters { get; } = [];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call) =>
    [
        .. IamFiles.Build(new PlatformText(call.Model, value => call.Node(value).Text))
            .Where(file => call.Item.Paths.Any(path => path.EndsWith('/') ? file.Path.StartsWith(path, StringComparison.Ordinal) : file.Path == path)),
    ];
}
