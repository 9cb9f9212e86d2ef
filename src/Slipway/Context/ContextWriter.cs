using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Context;

/// <summary>Writes the context files, all of them or none.</summary>
/// <param name="files">The disk.</param>
public sealed class ContextWriter(IFileSystem files)
{
    /// <summary>Writes what <see cref="ContextRenderer"/> rendered.</summary>
    /// <param name="folder">The context folder; made when it is not there.</param>
    /// <param name="content">The content by path.</param>
    /// <returns>Why nothing was written; empty when all was.</returns>
    public IReadOnlyList<Diagnostic> Write(string folder, IReadOnlyDictionary<string, byte[]> content)
    {
        var recovered = FileTransaction.Recover(files, folder);
        if (recovered.Any(problem => problem.Severity == Severity.Error)) return recovered;
        var transaction = new FileTransaction(files, folder);
        foreach (var (path, text) in content) transaction.Write(path, text);
        return [.. recovered, .. transaction.Commit()];
    }
}
