using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Ownership.Merging;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Ownership;

/// <summary>What publishing a repository would do. Looks only; writes nothing.</summary>
public sealed class PublishPlan
{
    internal PublishPlan(string root, IReadOnlyList<PlannedChange> changes, IReadOnlyList<Diagnostic> problems)
    {
        Root = root;
        Changes = changes;
        Problems = problems;
    }

    /// <summary>The repository's folder.</summary>
    public string Root { get; }

    /// <summary>What happens to each file that is or was generated, ordered by path.</summary>
    public IReadOnlyList<PlannedChange> Changes { get; }

    /// <summary>Why it cannot be published (errors), conflicts and what else is to be known (warnings).</summary>
    public IReadOnlyList<Diagnostic> Problems { get; }

    /// <summary>Whether it cannot be published.</summary>
    public bool IsRefused => Problems.Any(problem => problem.Severity == Severity.Error);

    /// <summary>Whether a person has to look at conflicts.</summary>
    public bool HasConflicts => Changes.Any(change => change.Kind == ChangeKind.Conflicted);

    /// <summary>
    /// Whether publishing would change anything: a file, or the record of ownership. So a file edited by hand is drift until it has been
    /// published over once, which takes note of the edit.
    /// </summary>
    public bool IsDrift { get; internal init; }

    /// <summary>The record after publishing; null when it does not change.</summary>
    internal byte[]? NewRecord { get; init; }

    /// <summary>The record before publishing; null when there is none.</summary>
    internal byte[]? OldRecord { get; init; }

    /// <summary>Files about Slipway's own folder that are missing.</summary>
    internal IReadOnlyList<(string Path, byte[] Content)> Companions { get; init; } = [];

    /// <summary>Slipway's own records about the files, as they will be.</summary>
    internal IReadOnlyList<(string Path, byte[] Content)> Records { get; init; } = [];

    /// <summary>The records that differ from those on disk.</summary>
    internal IReadOnlyList<(string Path, byte[] Content)> NewRecords { get; init; } = [];

    /// <summary>How many files something happens to.</summary>
    public int Count(ChangeKind kind) => Changes.Count(change => change.Kind == kind);

    /// <summary>The changes of files as a unified diff that <c>git apply</c> takes in the repository's folder; empty when there are none.</summary>
    public string Diff()
    {
        var result = new StringBuilder();
        foreach (var change in Changes)
        {
            result.Append(UnifiedDiff.Write(change.Path, change.OldText, change.NewText));
        }

        return result.ToString();
    }

    internal FileTransaction ToTransaction(IFileSystem files)
    {
        var transaction = new FileTransaction(files, Root);
        foreach (var change in Changes)
        {
            if (change.ChangesFile)
            {
                var content = change.NewText is { } text ? Encoding.UTF8.GetBytes(text) : null;
                transaction.Replace(change.Path, change.Seen, content, change.IsPrecious);
            }

            if (change.SideText is { Length: 0 }) transaction.Delete(SideFile.Of(change.Path));
            else if (change.SideText is { } side) transaction.Write(SideFile.Of(change.Path), Encoding.UTF8.GetBytes(side));
        }

        foreach (var (path, content) in Companions.Concat(NewRecords)) transaction.Write(path, content);
        if (NewRecord is not null) transaction.Replace(OwnershipRecord.File, OldRecord, NewRecord);
        return transaction;
    }
}
