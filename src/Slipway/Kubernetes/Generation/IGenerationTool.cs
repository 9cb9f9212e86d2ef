namespace Slipway.Kubernetes.Generation;

/// <summary>
/// Makes the files of one kind of item. Pure and safe for concurrent use: the same arguments and platform give the same files, and nothing is written.
/// </summary>
public interface IGenerationTool
{
    /// <summary>The tool's name, such as <c>generate_deployment</c>.</summary>
    string Name { get; }

    /// <summary>What it makes, in one sentence.</summary>
    string Description { get; }

    /// <summary>The parameters that <see cref="ToolCall.Arguments"/> may hold.</summary>
    IReadOnlyList<ToolParameter> Parameters { get; }

    /// <summary>Makes the files.</summary>
    /// <param name="call">What to make, of which platform; problems go to it.</param>
    /// <returns>The files; not to be used when an error was reported.</returns>
    IReadOnlyList<GeneratedFile> Run(ToolCall call);
}
