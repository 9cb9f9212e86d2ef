using Slipway.Coordination.Diagnostics;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Ownership;

/// <summary>
/// Puts generated files into a repository that people edit: whole or not at all, keeping their edits by a three-way merge, removing what
/// is its own and no longer generated, and touching nothing else. The caller holds the <see cref="WorkspaceLock"/>.
/// </summary>
/// <param name="files">The disk.</param>
public sealed class RepositoryPublisher(IFileSystem files)
{
    private static readonly (string Path, byte[] Content)[] Companions =
    [
        (StagingArea.StateFolder + "/.gitattributes", "ownership.json -diff linguist-generated\n"u8.ToArray()),
        (StagingArea.StateFolder + "/.gitignore", "lock\nlock.holder\nstaging/\n"u8.ToArray()),
    ];

    /// <summary>Plans, and unless only looking, ends what an earlier command was cut off in and publishes.</summary>
    /// <param name="root">The repository's folder, as the user named it; made when missing.</param>
    /// <param name="generated">All files of the repository: paths with forward slashes, texts with LF.</param>
    /// <param name="mode">Whether to write.</param>
    /// <param name="options">How.</param>
    public PublishOutcome Publish(
        string root, IReadOnlyCollection<(string Path, string Text)> generated, PublishMode mode, PublishOptions? options = null)
    {
        IReadOnlyList<Diagnostic> recovered = mode == PublishMode.Apply ? FileTransaction.Recover(files, root) : [];
        if (HasError(recovered)) return new PublishOutcome(PublishStatus.Refused, null, recovered);

        var plan = Plan(root, generated, options);
        var problems = new List<Diagnostic>([.. recovered, .. plan.Problems]);
        if (plan.IsRefused) return new PublishOutcome(PublishStatus.Refused, plan, problems);
        if (mode == PublishMode.Apply)
        {
            var refused = Apply(plan);
            problems.AddRange(refused);
            if (HasError(refused)) return new PublishOutcome(PublishStatus.Refused, plan, problems);
        }

        var status = mode == PublishMode.Check && plan.IsDrift ? PublishStatus.Drift
            : plan.HasConflicts ? PublishStatus.Conflicts
            : PublishStatus.Done;
        return new PublishOutcome(status, plan, problems);
    }

    /// <summary>Finds out what publishing would do. Writes nothing.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="generated">All files of the repository.</param>
    /// <param name="options">How it is to be published.</param>
    public PublishPlan Plan(string root, IReadOnlyCollection<(string Path, string Text)> generated, PublishOptions? options = null)
    {
        options ??= new PublishOptions();
        var problems = new List<Diagnostic>(PathRules.Check(generated.Select(file => file.Path)));
        problems.AddRange(generated.Where(file => IsReserved(file.Path)).Select(file => Reserved(file.Path)));
        if (PathRules.CheckOutput(files, root, options.Within) is { } wrong) problems.Add(wrong);
        if (problems.Count > 0) return new PublishPlan(root, [], problems);

        try
        {
            return Compare(root, generated, options, problems);
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            problems.Add(DiskProblems.Describe(exception, root, "read the repository", "nothing was changed"));
            return new PublishPlan(root, [], problems);
        }
    }

    /// <summary>Publishes what was planned.</summary>
    /// <returns>Why nothing was changed; empty, or warnings, when all was.</returns>
    public IReadOnlyList<Diagnostic> Apply(PublishPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.IsRefused) return plan.Problems;
        return FileTransaction.IsInterrupted(files, plan.Root) ? [Interrupted(plan.Root, Severity.Error)] : plan.ToTransaction(files).Commit();
    }

    private PublishPlan Compare(string root, IReadOnlyCollection<(string Path, string Text)> generated, PublishOptions options, List<Diagnostic> problems)
    {
        var isInterrupted = FileTransaction.IsInterrupted(files, root);
        if (isInterrupted) problems.Add(Interrupted(root, Severity.Warning));
        var guard = new TreeGuard(files, root);
        guard.Look(OwnershipRecord.File);
        if (guard.Problems.Count > 0) return new PublishPlan(root, [], guard.Problems);
        var record = OwnershipRecord.Read(files, root, problems, out var oldRecord);
        if (HasError(problems)) return new PublishPlan(root, [], problems);

        var texts = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var owned in record.Files.Keys) texts[owned] = null;
        foreach (var (path, text) in generated) texts[path] = text;

        var comparison = new FileComparison(root, options.AdoptsExisting, problems);
        var changes = new List<PlannedChange>(texts.Count);
        foreach (var (path, text) in texts)
        {
            var seen = guard.Problems.Count;
            guard.Look(path);
            if (guard.Problems.Count == seen) changes.Add(CompareOne(comparison, root, path, text, record.Files.GetValueOrDefault(path)));
        }

        problems.AddRange(guard.Problems);
        var newRecord = new OwnershipRecord(changes.Where(change => change.Owned is not null).Select(change => KeyValuePair.Create(change.Path, change.Owned!))).ToJson();
        var isNewRecord = oldRecord is null || !oldRecord.AsSpan().SequenceEqual(newRecord);
        var companions = Companions.Where(file => !files.FileExists($"{root}/{file.Path}")).ToList();
        var newRecords = options.Records.Where(file => !HasContent($"{root}/{file.Path}", file.Content)).ToList();
        return new PublishPlan(root, changes, problems)
        {
            Records = options.Records,
            NewRecords = newRecords,
            NewRecord = isNewRecord ? newRecord : null,
            OldRecord = oldRecord,
            Companions = companions,
            IsDrift = isInterrupted || isNewRecord || companions.Count > 0 || newRecords.Count > 0 || changes.Exists(change => change.ChangesFile || change.SideText is not null),
        };
    }

    private PlannedChange CompareOne(FileComparison comparison, string root, string path, string? text, OwnedFile? owned)
    {
        var full = $"{root}/{path}";
        var disk = files.FileExists(full) ? new DiskText(files.ReadAllBytes(full)) : null;
        var hasSideFile = owned is { HasConflict: true } && files.FileExists(SideFile.Of(full));
        return text is null
            ? comparison.Retire(path, disk, owned!, hasSideFile)
            : comparison.Compare(path, new DiskText(text), disk, owned, hasSideFile);
    }

    private bool HasContent(string path, byte[] content) => files.FileExists(path) && files.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    private static bool HasError(IEnumerable<Diagnostic> problems) => problems.Any(problem => problem.Severity == Severity.Error);

    private static bool IsReserved(string path) =>
        path == StagingArea.StateFolder
        || path.StartsWith(StagingArea.StateFolder + "/", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(SideFile.Suffix, StringComparison.OrdinalIgnoreCase);

    private static Diagnostic Reserved(string path) => new()
    {
        Code = WorkspaceCodes.PathNotPortable,
        Summary = "a path to write is one that Slipway keeps for itself",
        Place = new SourcePlace(path),
        Fix = $"use a name outside of '{StagingArea.StateFolder}' that does not end in '{SideFile.Suffix}'",
    };

    private static Diagnostic Interrupted(string root, Severity severity) => new()
    {
        Code = OwnershipCodes.Interrupted,
        Severity = severity,
        Summary = "an earlier command was cut off while it wrote here, and its work is not ended yet",
        Place = new SourcePlace(root),
        Fix = "run the command that writes once more, without --check and --dry-run",
    };
}
