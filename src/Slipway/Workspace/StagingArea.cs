namespace Slipway.Workspace;

/// <summary>The folder in which a transaction prepares its files, on the same file system as their places.</summary>
internal sealed class StagingArea(IFileSystem files, string root)
{
    /// <summary>Slipway's own folder in a tree.</summary>
    public const string StateFolder = ".slipway";

    /// <summary>The staging folder, relative to the tree.</summary>
    public const string Folder = StateFolder + "/staging";

    /// <summary>All is staged; from here on the change goes forward.</summary>
    public string Intent => $"{root}/{Folder}/intent.json";

    /// <summary>Going forward failed; the change is being taken back.</summary>
    public string Undo => $"{root}/{Folder}/undo.json";

    /// <summary>The change is whole or wholly undone; what is left here is rubbish.</summary>
    public string Done => $"{root}/{Folder}/done.json";

    public bool HasState => files.DirectoryExists($"{root}/{StateFolder}");

    /// <summary>The new content of a file, until it is moved to its place.</summary>
    public string New(int number) => FormattableString.Invariant($"{root}/{Folder}/{number}.new");

    /// <summary>The former content of a file.</summary>
    public string Old(int number) => FormattableString.Invariant($"{root}/{Folder}/{number}.old");

    public void WriteIntent(TransactionIntent intent)
    {
        files.WriteFile(Intent + ".tmp", intent.ToJson(), flush: intent.IsDurable);
        files.Move(Intent + ".tmp", Intent);
    }

    /// <summary>Removes the folder with all in it, markers last.</summary>
    public void Discard()
    {
        var folder = $"{root}/{Folder}";
        if (files.DirectoryExists(folder))
        {
            foreach (var file in files.EnumerateFiles(folder).OrderBy(file => file.EndsWith(".json", StringComparison.Ordinal)))
                files.DeleteFile($"{folder}/{file}");
            files.DeleteEmptyDirectory(folder);
        }

        files.DeleteEmptyDirectory($"{root}/{StateFolder}");
    }
}
