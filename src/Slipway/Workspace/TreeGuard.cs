using Slipway.Coordination.Diagnostics;

namespace Slipway.Workspace;

/// <summary>Looks whether files can stand where they shall in a tree on disk: no link and nothing of another kind in the way.</summary>
internal sealed class TreeGuard(IFileSystem files, string root)
{
    private readonly Dictionary<string, Place> _folders = new(StringComparer.Ordinal);

    private enum Place
    {
        There,
        Missing,
        Blocked,
    }

    /// <summary>The problems found so far.</summary>
    public List<Diagnostic> Problems { get; } = [];

    /// <summary>The folders that are missing for the paths looked at, those above first.</summary>
    public List<string> MissingFolders { get; } = [];

    public void Look(string path)
    {
        var slash = path.LastIndexOf('/');
        if (LookAtFolder(slash < 0 ? "" : path[..slash]) != Place.There) return;
        var full = $"{root}/{path}";
        if (files.GetLinkTarget(full) is { } target) Problems.Add(Link(path, target));
        else if (files.DirectoryExists(full)) Problems.Add(WrongKind(path, "a folder stands where a file is to be written"));
    }

    private Place LookAtFolder(string folder)
    {
        if (_folders.TryGetValue(folder, out var known)) return known;
        var slash = folder.LastIndexOf('/');
        var above = folder.Length == 0 ? Place.There : LookAtFolder(slash < 0 ? "" : folder[..slash]);
        var found = above == Place.There ? LookOnDisk(folder) : above;
        if (found == Place.Missing) MissingFolders.Add(folder);
        return _folders[folder] = found;
    }

    private Place LookOnDisk(string folder)
    {
        var full = folder.Length == 0 ? root : $"{root}/{folder}";
        if (folder.Length > 0 && files.GetLinkTarget(full) is { } target)
        {
            Problems.Add(Link(folder, target));
            return Place.Blocked;
        }

        if (files.DirectoryExists(full)) return Place.There;
        if (!files.FileExists(full)) return Place.Missing;
        Problems.Add(WrongKind(folder, "a file stands where a folder is needed"));
        return Place.Blocked;
    }

    private Diagnostic Link(string path, string target) => new()
    {
        Code = WorkspaceCodes.LinkInTheWay,
        Summary = "a symbolic link stands where a file is to be written",
        Detail = $"it leads to '{target}'",
        Place = new SourcePlace(NameOf(path)),
        Fix = "remove the link, or put what it leads to in its place",
    };

    private Diagnostic WrongKind(string path, string summary) => new()
    {
        Code = WorkspaceCodes.WrongKindInTheWay,
        Summary = summary,
        Place = new SourcePlace(NameOf(path)),
        Fix = "move it away",
    };

    private string NameOf(string path) => path.Length == 0 ? root : $"{root}/{path}";
}
