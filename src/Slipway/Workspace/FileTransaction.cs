using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Workspace;

/// <summary>
/// Changes of several files of one tree that appear whole or not at all. Everything is prepared in <c>.slipway/staging</c> of the tree and
/// then moved into place; a process that dies on the way leaves a record by which <see cref="Recover"/> completes or undoes the change
/// (docs/adr/0005-publishing-files.md). Needs the tree for itself: see <see cref="WorkspaceLock"/>. Not safe for several threads.
/// </summary>
/// <param name="files">The disk.</param>
/// <param name="root">The tree's folder; made when missing.</param>
public sealed class FileTransaction(IFileSystem files, string root)
{
    private readonly SortedDictionary<string, Change> _changes = new(StringComparer.Ordinal);

    /// <summary>How many files it changes.</summary>
    public int Count => _changes.Count;

    /// <summary>Writes a file, keeping the permissions of one that is there.</summary>
    /// <param name="path">The path in the tree, with forward slashes.</param>
    /// <param name="content">Its content.</param>
    /// <param name="isPrecious">Whether it holds what cannot be made again, so that it must be on the disk itself before the old content goes.</param>
    public void Write(string path, byte[] content, bool isPrecious = false) =>
        _changes[path] = new Change(content, IsPrecious: isPrecious);

    /// <summary>Removes a file, and the folders that become empty by it.</summary>
    public void Delete(string path) => _changes[path] = new Change(Content: null);

    /// <summary>
    /// As <see cref="Write"/> or, without content, <see cref="Delete"/>, but refuses the transaction when the file is not (any longer) what the caller saw.
    /// </summary>
    /// <param name="path">The path in the tree, with forward slashes.</param>
    /// <param name="seen">The content the caller saw, or null when there was no file.</param>
    /// <param name="content">Its content, or null to remove it.</param>
    /// <param name="isPrecious">See <see cref="Write"/>.</param>
    public void Replace(string path, byte[]? seen, byte[]? content, bool isPrecious = false) =>
        _changes[path] = new Change(content, isPrecious, IsSeen: true, Seen: seen is null ? null : TransactionIntent.Hash(seen));

    /// <summary>Whether a transaction on this tree was cut off and waits for <see cref="Recover"/>.</summary>
    public static bool IsInterrupted(IFileSystem files, string root)
    {
        ArgumentNullException.ThrowIfNull(files);
        var staging = new StagingArea(files, root);
        return files.FileExists(staging.Intent) || files.FileExists(staging.Undo);
    }

    /// <summary>Completes or undoes a transaction that was cut off, and tidies up. To be called under the lock before anything else.</summary>
    /// <returns>What was done; empty when there was nothing to do. An error says that the tree is still between two states.</returns>
    public static IReadOnlyList<Diagnostic> Recover(IFileSystem files, string root)
    {
        ArgumentNullException.ThrowIfNull(files);
        var staging = new StagingArea(files, root);
        if (!staging.HasState) return [];
        try
        {
            var guard = new TreeGuard(files, root);
            guard.Look(StagingArea.Folder + "/intent.json");
            if (guard.Problems.Count > 0) return guard.Problems;
            return new TransactionRecovery(files, root, staging).Run();
        }
        catch (JsonException exception)
        {
            return [TransactionRecovery.NotRecovered(root, $"its record cannot be read: {exception.Message}")];
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            return [TransactionRecovery.NotRecovered(root, exception.Message)];
        }
    }

    /// <summary>Makes the changes.</summary>
    /// <returns>Why nothing was changed; empty when all was.</returns>
    public IReadOnlyList<Diagnostic> Commit()
    {
        if (_changes.Count == 0) return [];
        var problems = new List<Diagnostic>(PathRules.Check(_changes.Keys));
        if (problems.Count > 0) return problems;

        var isNew = !files.DirectoryExists(root);
        var staging = new StagingArea(files, root);
        try
        {
            var guard = new TreeGuard(files, root);
            guard.Look(StagingArea.Folder + "/intent.json");
            foreach (var path in _changes.Keys) guard.Look(path);
            if (guard.Problems.Count > 0) return guard.Problems;
            if (IsInterrupted(files, root)) return [TransactionRecovery.NotRecovered(root, "its record is still there")];

            // A process that died before it wrote its record left files whose numbers mean something else now.
            staging.Discard();
            var changed = new List<Diagnostic>();
            var intent = Stage(staging, guard.MissingFolders, changed);
            if (changed.Count == 0)
            {
                staging.WriteIntent(intent);
                return new TransactionPublisher(files, root, staging).Publish(intent);
            }

            problems.AddRange(changed);
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            problems.Add(DiskProblems.Describe(exception, root, "write the files", "nothing was changed"));
        }

        Abandon(staging, isNew, problems);
        return problems;
    }

    private TransactionIntent Stage(StagingArea staging, IEnumerable<string> missingFolders, List<Diagnostic> changed)
    {
        var entries = new List<TransactionIntent.Entry>(_changes.Count);
        files.CreateDirectory($"{root}/{StagingArea.Folder}");
        foreach (var (path, change) in _changes)
        {
            var target = $"{root}/{path}";
            var old = files.FileExists(target) ? files.ReadAllBytes(target) : null;
            var before = old is null ? null : TransactionIntent.Hash(old);
            if (change.IsSeen && change.Seen != before) changed.Add(ChangedMeanwhile(path));

            var number = entries.Count;
            if (change.Content is { } content)
            {
                files.WriteFile(staging.New(number), content, change.IsPrecious);
                if (old is not null)
                {
                    files.CopyPermissions(target, staging.New(number));
                    files.WriteFile(staging.Old(number), old, flush: false);
                    files.CopyPermissions(target, staging.Old(number));
                }
            }

            entries.Add(new TransactionIntent.Entry(path, before, change.Content is { } written ? TransactionIntent.Hash(written) : null));
        }

        return new TransactionIntent
        {
            Folders = [.. missingFolders.Where(folder => folder.Length > 0 && folder is not (StagingArea.Folder or StagingArea.StateFolder))],
            Entries = entries,
            IsDurable = _changes.Values.Any(change => change.IsPrecious),
        };
    }

    private void Abandon(StagingArea staging, bool isNew, List<Diagnostic> problems)
    {
        try
        {
            staging.Discard();
            if (isNew) files.DeleteEmptyDirectory(root);
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            problems.Add(DiskProblems.Describe(exception, $"{root}/{StagingArea.Folder}", "tidy up", "the next command will") with { Severity = Severity.Warning });
        }
    }

    private Diagnostic ChangedMeanwhile(string path) => new()
    {
        Code = WorkspaceCodes.ChangedMeanwhile,
        Summary = "the file changed while Slipway was at work; nothing was changed",
        Place = new SourcePlace($"{root}/{path}"),
        Fix = "run the command again",
    };

    private sealed record Change(byte[]? Content, bool IsPrecious = false, bool IsSeen = false, string? Seen = null);
}
