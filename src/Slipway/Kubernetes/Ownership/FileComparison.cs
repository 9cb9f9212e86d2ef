using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Ownership.Merging;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Ownership;

/// <summary>Decides what happens to one file from what is generated, what is on disk and what was generated last.</summary>
internal sealed class FileComparison(string root, bool adoptsExisting, ICollection<Diagnostic> problems)
{
    /// <summary>For a file that is generated.</summary>
    public PlannedChange Compare(string path, DiskText generated, DiskText? disk, OwnedFile? owned, bool hasSideFile)
    {
        var change = new PlannedChange
        {
            Path = path,
            Kind = ChangeKind.Unchanged,
            OldText = disk?.Shown,
            NewText = generated.Text,
            SideText = hasSideFile ? "" : null,
            Owned = OwnedFile.Of(generated, owned),
            Seen = disk?.Bytes,
        };
        if (disk is null) return change with { Kind = owned is null ? ChangeKind.Created : ChangeKind.Restored };
        if (disk.Hash == generated.Hash) return change with { Kind = owned is null ? ChangeKind.Adopted : ChangeKind.Unchanged, NewText = disk.Shown };
        if (owned is null) return CompareForeign(change, disk);
        if (disk.Bytes.Length == 0) return change with { Kind = ChangeKind.Restored };
        if (disk.Hash == owned.Generated) return change with { Kind = ChangeKind.Updated };
        return generated.Hash == owned.Generated
            ? KeepEdit(change, disk, hasSideFile)
            : Merge(change, generated, disk, owned, hasSideFile);
    }

    /// <summary>For a file that was generated once and is no longer.</summary>
    public PlannedChange Retire(string path, DiskText? disk, OwnedFile owned, bool hasSideFile)
    {
        var change = new PlannedChange
        {
            Path = path,
            Kind = ChangeKind.Removed,
            OldText = disk?.Shown,
            SideText = hasSideFile ? "" : null,
            Seen = disk?.Bytes,
        };
        if (disk is null || disk.Hash == owned.Generated || disk.Bytes.Length == 0) return change;
        problems.Add(new Diagnostic
        {
            Code = OwnershipCodes.EditedOrphan,
            Severity = Severity.Warning,
            Summary = "the file is no longer generated, but it was edited by hand and stays; from now on it is yours",
            Place = PlaceOf(path),
            Fix = "remove it if it is not needed",
        });
        return change with { Kind = ChangeKind.Released, NewText = disk.Shown };
    }

    private PlannedChange CompareForeign(PlannedChange change, DiskText disk)
    {
        if (adoptsExisting) return change with { Kind = ChangeKind.Adopted, NewText = disk.Shown, Owned = change.Owned! with { Published = disk.Hash } };
        problems.Add(new Diagnostic
        {
            Code = OwnershipCodes.ForeignFile,
            Summary = "a file that Slipway did not make stands where one is to be generated; nothing was changed",
            Place = PlaceOf(change.Path),
            Fix = "move it away, generate into another folder, or pass --adopt to keep its text as an edit of yours",
        });
        return change with { Kind = ChangeKind.Conflicted, NewText = disk.Shown, Owned = null };
    }

    private PlannedChange KeepEdit(PlannedChange change, DiskText disk, bool hasSideFile)
    {
        var kept = change with { Kind = ChangeKind.Kept, NewText = disk.Shown, SideText = null, Owned = change.Owned! with { Published = disk.Hash } };
        return hasSideFile ? StillInConflict(kept) : kept;
    }

    private PlannedChange Merge(PlannedChange change, DiskText generated, DiskText disk, OwnedFile owned, bool hasSideFile)
    {
        if (disk.Text is not { } mine) return Refuse(change, disk, "it is not UTF-8 text");
        var merged = ThreeWayMerge.Merge(owned.UnpackLines(), mine, generated.Text!);
        if (IsBroken(change.Path, merged.Text) is { } fault && IsBroken(change.Path, mine) is null && IsBroken(change.Path, generated.Text!) is null)
            return Refuse(change, disk, $"together they are not valid YAML: {fault}");

        var result = new DiskText(merged.Text);
        var isSame = result.Hash == disk.Hash;
        var together = change with
        {
            Kind = isSame ? ChangeKind.Kept : ChangeKind.Merged,
            NewText = isSame ? disk.Shown : merged.Text,
            Conflicts = merged.Conflicts.Count,
            Owned = change.Owned! with { Published = result.Hash == generated.Hash ? null : result.Hash },
        };
        foreach (var conflict in merged.Conflicts) problems.Add(Describe(change.Path, conflict));
        if (merged.Conflicts.Count > 0)
            return together with { Kind = ChangeKind.Conflicted, SideText = generated.Text, Owned = together.Owned with { HasConflict = true } };
        return hasSideFile ? StillInConflict(together) with { SideText = generated.Text } : together;
    }

    private PlannedChange Refuse(PlannedChange change, DiskText disk, string reason)
    {
        problems.Add(new Diagnostic
        {
            Code = OwnershipCodes.NotMergeable,
            Severity = Severity.Warning,
            Summary = "your changes and the generator's cannot be put together; yours stay",
            Detail = $"{reason}; the new text stands in '{SideFile.Of(change.Path)}'",
            Place = PlaceOf(change.Path),
            Fix = "take over what is wanted from that file and remove it",
        });
        return change with
        {
            Kind = ChangeKind.Conflicted,
            NewText = disk.Shown,
            Conflicts = 1,
            SideText = change.NewText,
            Owned = change.Owned! with { Published = disk.Hash, HasConflict = true },
        };
    }

    private PlannedChange StillInConflict(PlannedChange change)
    {
        problems.Add(new Diagnostic
        {
            Code = OwnershipCodes.UnresolvedConflict,
            Severity = Severity.Warning,
            Summary = "an earlier conflict waits for you",
            Detail = $"the generator's text stands in '{SideFile.Of(change.Path)}'",
            Place = PlaceOf(change.Path),
            Fix = "take over what is wanted from that file and remove it",
        });
        return change with { Kind = ChangeKind.Conflicted, Conflicts = Math.Max(1, change.Conflicts), Owned = change.Owned! with { HasConflict = true } };
    }

    private Diagnostic Describe(string path, MergeConflict conflict) => new()
    {
        Code = OwnershipCodes.Conflict,
        Severity = Severity.Warning,
        Summary = conflict.Count == 0
            ? "you removed lines here that the generator changed; they stay removed"
            : $"you and the generator changed the same {(conflict.Count == 1 ? "line" : $"{conflict.Count} lines")}; yours stay",
        Detail = $"the generator's are line {conflict.GeneratedLine}{(conflict.GeneratedCount > 1 ? $" to {conflict.GeneratedLine + conflict.GeneratedCount - 1}" : "")} "
            + $"of '{SideFile.Of(path)}'",
        Place = PlaceOf(path) with { Line = conflict.Line },
        Fix = "take over what is wanted from that file and remove it",
    };

    private static string? IsBroken(string path, string text)
    {
        if (!path.EndsWith(".yaml", StringComparison.Ordinal) && !path.EndsWith(".yml", StringComparison.Ordinal)) return null;
        var faults = new List<Diagnostic>();
        DocumentReader.Read(text, path, faults);
        return faults.Find(fault => fault.Severity == Severity.Error)?.Summary;
    }

    private SourcePlace PlaceOf(string path) => new($"{root}/{path}");
}
