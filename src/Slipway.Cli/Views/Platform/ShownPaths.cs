using Slipway.Cli.Hosting;

namespace Slipway.Cli.Views.Platform;

/// <summary>Paths as the user would name them: relative to the working directory where that is shorter.</summary>
/// <param name="workingDirectory">The working directory.</param>
/// <param name="platformDirectory">The platform's folder, absolute.</param>
internal sealed class ShownPaths(string workingDirectory, string platformDirectory)
{
    /// <summary>Paths for a verb that was given the platform's folder.</summary>
    public static ShownPaths Of(Surroundings surroundings, string directory) =>
        new(surroundings.Environment.WorkingDirectory, Path.GetFullPath(directory, surroundings.Environment.WorkingDirectory));

    /// <summary>The flag that names the platform in a further command; empty in its own folder.</summary>
    public string DirectoryFlag => Show(platformDirectory) is var shown && shown == "." ? "" : $" --dir {shown}";

    /// <summary>The flag that names the workspace in a further command, which takes no way up; empty for the one that <c>slipway.yaml</c> names.</summary>
    public string OutFlag(string? workspace) =>
        workspace is null ? "" : $" --out {(Show(workspace) is var shown && shown.StartsWith("..", StringComparison.Ordinal) ? workspace : shown)}";

    /// <summary>Shows a path.</summary>
    public string Show(string path)
    {
        var relative = Path.GetRelativePath(workingDirectory, path).Replace('\\', '/');
        return relative.StartsWith("../..", StringComparison.Ordinal) || relative.Length > path.Length ? path : relative;
    }
}
