using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Actions;

/// <summary><c>slipway init</c>: a commented start for a platform of one's own, with the schemas that editors complete from.</summary>
/// <param name="files">The disk.</param>
public sealed class WorkspaceStart(IFileSystem files)
{
    private const string Prefix = "start/";
    private const string Outputs = "outputs.json";

    private static readonly string[] Folders = [".", "terraform", "infrastructure", "infra"];
    private static readonly string[] Code = ["outputs.tf", "main.tf"];

    /// <summary>The files, as paths below the folder.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        .. typeof(WorkspaceStart).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Writes the start. A folder that already has one of the files is refused; nothing is overwritten. Outputs that are there are used, and so is
    /// Terraform code; where there is neither, sample outputs are written.
    /// </summary>
    /// <param name="directory">The folder; made when it is not there.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>The files written, as paths below the folder; none when something is wrong.</returns>
    public IReadOnlyList<string> Write(string directory, ICollection<Diagnostic> problems)
    {
        var hasOutputs = files.FileExists(Path.Combine(directory, Outputs));
        var terraform = hasOutputs ? null : Array.Find(Folders, folder => Array.Exists(Code, file => files.FileExists(Path.Combine(directory, folder, file))));
        var paths = Paths.Where(path => path != Outputs || (!hasOutputs && terraform is null)).ToList();
        var taken = paths.Where(path => files.FileExists(Path.Combine(directory, path))).Select(path => new Diagnostic
        {
            Code = "SLW1016",
            Summary = "the file is there already, and nothing is overwritten",
            Place = new SourcePlace(path),
            Fix = "name an empty folder, or move the file away",
        }).ToList();
        var transaction = new FileTransaction(files, directory);
        foreach (var path in paths) transaction.Write(path, path == PlatformPaths.ConfigurationName ? Configuration(terraform) : Read(path));
        var failed = taken.Count > 0 ? taken : transaction.Commit();
        foreach (var problem in failed) problems.Add(problem);
        return failed.Count > 0 ? [] : paths;
    }

    private static byte[] Configuration(string? terraform)
    {
        var content = Read(PlatformPaths.ConfigurationName);
        return terraform is null
            ? content
            : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace($"\n  outputs: {Outputs}\n", $"\n  directory: {terraform}\n", StringComparison.Ordinal));
    }

    private static byte[] Read(string path)
    {
        using var stream = typeof(WorkspaceStart).Assembly.GetManifestResourceStream(Prefix + path)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
