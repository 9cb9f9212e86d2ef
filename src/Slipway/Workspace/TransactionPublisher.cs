using Slipway.Coordination.Diagnostics;

namespace Slipway.Workspace;

/// <summary>
/// Moves what is staged to its places, or takes it back. Each step looks at what is there first, so that all of it can be done
/// again after it was cut off anywhere.
/// </summary>
internal sealed class TransactionPublisher(IFileSystem files, string root, StagingArea staging)
{
    /// <summary>Goes forward; when the disk refuses, goes back.</summary>
    /// <returns>Empty when the change is made; otherwise why it is not.</returns>
    public IReadOnlyList<Diagnostic> Publish(TransactionIntent intent)
    {
        try
        {
            GoForward(intent);
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            return TakeBack(intent, exception);
        }

        return Finish(staging.Intent);
    }

    /// <summary>Goes back.</summary>
    /// <exception cref="IOException">The disk refused; the record stays for the next attempt.</exception>
    public IReadOnlyList<Diagnostic> GoBack(TransactionIntent intent)
    {
        for (var number = intent.Entries.Count - 1; number >= 0; number--) TakeBack(intent.Entries[number], number);
        foreach (var folder in intent.Folders.Reverse()) files.DeleteEmptyDirectory($"{root}/{folder}");
        return Finish(staging.Undo);
    }

    private void GoForward(TransactionIntent intent)
    {
        foreach (var folder in intent.Folders) files.CreateDirectory($"{root}/{folder}");
        for (var number = 0; number < intent.Entries.Count; number++)
        {
            var entry = intent.Entries[number];
            var target = $"{root}/{entry.Path}";
            if (entry.After is not null)
            {
                if (files.FileExists(staging.New(number))) files.Move(staging.New(number), target);
            }
            else if (files.FileExists(target) && !files.FileExists(staging.Old(number)))
            {
                files.Move(target, staging.Old(number));
            }
        }

        foreach (var entry in intent.Entries.Where(entry => entry.After is null)) RemoveEmptied(entry.Path);
    }

    private void RemoveEmptied(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            files.DeleteEmptyDirectory($"{root}/{path[..slash]}");
    }

    private List<Diagnostic> TakeBack(TransactionIntent intent, Exception cause)
    {
        try
        {
            files.Move(staging.Intent, staging.Undo);
            return [DiskProblems.Describe(cause, root, "put the files in place", "what was changed has been taken back"), .. GoBack(intent)];
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            return
            [
                DiskProblems.Describe(cause, root, "put the files in place"),
                TransactionRecovery.NotRecovered(root, exception.Message),
            ];
        }
    }

    private void TakeBack(TransactionIntent.Entry entry, int number)
    {
        var target = $"{root}/{entry.Path}";
        if (entry.After is not null && files.FileExists(staging.New(number))) return;
        if (entry.Before is null)
        {
            if (entry.After is not null) files.DeleteFile(target);
        }
        else if (files.FileExists(staging.Old(number)) && TransactionIntent.Hash(files.ReadAllBytes(staging.Old(number))) == entry.Before)
        {
            if (Path.GetDirectoryName(target) is { } folder && !files.DirectoryExists(folder)) files.CreateDirectory(folder);
            files.Move(staging.Old(number), target);
        }
    }

    private List<Diagnostic> Finish(string marker)
    {
        try
        {
            files.Move(marker, staging.Done);
            staging.Discard();
            return [];
        }
        catch (Exception exception) when (DiskProblems.IsExpected(exception))
        {
            return
            [
                DiskProblems.Describe(exception, $"{root}/{StagingArea.Folder}", "tidy up", "the files are as they should be; the next command tidies up")
                    with { Severity = Severity.Warning },
            ];
        }
    }
}
