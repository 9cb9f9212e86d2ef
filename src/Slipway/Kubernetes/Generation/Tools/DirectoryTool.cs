namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>create_directory_structure</c>: plans a folder. Folders come into being with the files in them, so it makes no file.</summary>
internal sealed class DirectoryTool : IGenerationTool
{
    public string Name => "create_directory_structure";

    public string Description => "Plans a folder of the repository; it comes into being with its first file.";

    public IReadOnlyList<ToolParameter> Parameters { get; } = [];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call) => [];
}
