using Slipway.Coordination.Diagnostics;

namespace Slipway.Workspace;

/// <summary>Ends a transaction whose process died: forward when all that is still staged is whole, back otherwise.</summary>
internal sealed class TransactionRecovery(IFileSystem files, string root, StagingArea staging)
{
    private readonly TransactionPublisher _publisher = new(files, root, staging);

    public static Diagnostic NotRecovered(string root, string detail) => new()
    {
        Code = WorkspaceCodes.NotRecovered,
        Summary = "an earlier command was cut off while it wrote, and its work can neither be completed nor taken back",
        Detail = detail,
        Place = new SourcePlace($"{root}/{StagingArea.Folder}"),
        Fix = $"mend the cause and run the command again; or restore the folder from version control and remove '{StagingArea.Folder}'",
    };

    /// <summary>Ends what was cut off, and tidies up.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="System.Text.Json.JsonException">The record is damaged.</exception>
    public IReadOnlyList<Diagnostic> Run()
    {
        if (files.FileExists(staging.Undo))
        {
            var undone = Read(staging.Undo);
            if (FindForeign(undone) is { Count: > 0 } foreign) return foreign;
            return [.. _publisher.GoBack(undone), Recovered("has been taken back")];
        }

        if (!files.FileExists(staging.Intent))
        {
            staging.Discard();
            return [];
        }

        var intent = Read(staging.Intent);
        if (FindForeign(intent) is { Count: > 0 } problems) return problems;
        if (!IsWhole(intent))
        {
            files.Move(staging.Intent, staging.Undo);
            return [.. _publisher.GoBack(intent), Recovered("has been taken back")];
        }

        var kept = SetAsideWhatChanged(intent);
        var refused = _publisher.Publish(intent);
        return refused.Any(problem => problem.Severity == Severity.Error) ? refused : [.. kept, .. refused, Recovered("has been completed")];
    }

    private TransactionIntent Read(string marker) => TransactionIntent.Parse(files.ReadAllBytes(marker));

    /// <summary>The record may have come with a repository from elsewhere: what it names is checked like any other path.</summary>
    private List<Diagnostic> FindForeign(TransactionIntent intent)
    {
        var problems = new List<Diagnostic>(PathRules.Check(intent.Entries.Select(entry => entry.Path)));
        problems.AddRange(PathRules.Check(intent.Folders.Select(folder => folder + "/_")));
        if (problems.Count > 0) return problems;
        var guard = new TreeGuard(files, root);
        foreach (var entry in intent.Entries) guard.Look(entry.Path);
        return guard.Problems;
    }

    private bool IsWhole(TransactionIntent intent)
    {
        for (var number = 0; number < intent.Entries.Count; number++)
        {
            var staged = staging.New(number);
            if (files.FileExists(staged) && TransactionIntent.Hash(files.ReadAllBytes(staged)) != intent.Entries[number].After) return false;
        }

        return true;
    }

    /// <summary>A file that a person wrote since then stays; what was to come in its place is put beside it.</summary>
    private List<Diagnostic> SetAsideWhatChanged(TransactionIntent intent)
    {
        var kept = new List<Diagnostic>();
        for (var number = 0; number < intent.Entries.Count; number++)
        {
            var entry = intent.Entries[number];
            var target = $"{root}/{entry.Path}";
            var isPending = entry.After is null ? !files.FileExists(staging.Old(number)) : files.FileExists(staging.New(number));
            if (!isPending || !files.FileExists(target)) continue;
            var now = TransactionIntent.Hash(files.ReadAllBytes(target));
            if (now == entry.Before || now == entry.After) continue;

            if (entry.After is not null) files.Move(staging.New(number), target + SideFile.Suffix);
            else files.WriteFile(staging.Old(number), [], flush: false);
            kept.Add(new Diagnostic
            {
                Code = WorkspaceCodes.ChangedMeanwhile,
                Severity = Severity.Warning,
                Summary = "the file was changed after a command had been cut off, and was left as it is",
                Detail = entry.After is null ? "it was to be removed" : $"what was to be written stands in '{entry.Path}{SideFile.Suffix}'",
                Place = new SourcePlace(target),
                Fix = entry.After is null ? "remove it if it is not needed" : "take over what is wanted and remove that file",
            });
        }

        return kept;
    }

    private Diagnostic Recovered(string how) => new()
    {
        Code = WorkspaceCodes.Recovered,
        Severity = Severity.Info,
        Summary = $"an earlier command was cut off while it wrote; its work {how}",
        Place = new SourcePlace(root),
    };
}
