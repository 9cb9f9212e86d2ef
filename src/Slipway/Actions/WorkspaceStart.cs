using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Actions;

/// <summary><c>slipway init</c>: a commented start for a platform of one's own, with the schemas that editors complete from.</summary>
/// <param name="files">The disk.</param>
public sealed class WorkspaceStart(IFileSystem files)
{
    private const string Prefix = "start/";

    /// <summary>The files, as paths below the folder.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        .. typeof(WorkspaceStart).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Writes the start. A folder that already has one of the files is refused; nothing is overwritten.</summary>
    /// <param name="directory">The folder; made when it is not there.</param>
    /// <returns>What is wrong; empty when all was written.</returns>
    public IReadOnlyList<Diagnostic> Write(string directory)
    {
        var taken = Paths.Where(path => files.FileExists(Path.Combine(directory, path))).Select(path => new Diagnostic
        {
            Code = "SLW1016",
            Summary = "the file is there already, and nothing is overwritten",
            Place = new SourcePlace(path),
            Fix = "name an empty folder, or move the file away",
        }).ToList();
        if (taken.Count > 0) return taken;

        var transaction = new FileTransaction(files, directory);
        foreach (var path in Paths) transaction.Write(path, Read(path));
        return transaction.Commit();
    }

    private static byte[] Read(string path)
    {
        using var stream = typeof(WorkspaceStart).Assembly.GetManifestResourceStream(Prefix + path)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
