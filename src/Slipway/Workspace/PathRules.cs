using System.Buffers;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Workspace;

/// <summary>Which paths may be written: relative with forward slashes, inside their tree, and the same file on every system.</summary>
public static class PathRules
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"|?*");

    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "con", "prn", "aux", "nul",
        "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    };

    /// <summary>Checks a set of paths relative to one root, without looking at the disk.</summary>
    /// <returns>All that is wrong with them; empty when nothing is.</returns>
    public static IReadOnlyList<Diagnostic> Check(IEnumerable<string> paths)
    {
        var problems = new List<Diagnostic>();
        var files = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            if (FindProblem(path) is { } problem) problems.Add(problem);
            else if (!files.TryAdd(path, path)) problems.Add(Collision(path, files[path]));
        }

        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in files.Values)
        {
            for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                var folder = path[..slash];
                if (!folders.TryAdd(folder, folder))
                {
                    if (folders[folder] != folder) problems.Add(Collision(path, folders[folder] + "/…"));
                }
                else if (files.TryGetValue(folder, out var file))
                {
                    problems.Add(Collision(path, file));
                }
            }
        }

        return problems;
    }

    /// <summary>Checks that an output folder can be one, following links.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="folder">The folder as the user named it; need not exist.</param>
    /// <param name="within">The folder that it may not leave, by <c>..</c> or by a link; null for anywhere.</param>
    /// <returns>What is wrong, or null.</returns>
    public static Diagnostic? CheckOutput(IFileSystem files, string folder, string? within)
    {
        ArgumentNullException.ThrowIfNull(files);
        var real = FollowLinks(files, Path.GetFullPath(folder));
        if (within is not null && !IsWithin(real, FollowLinks(files, Path.GetFullPath(within))))
        {
            return new Diagnostic
            {
                Code = WorkspaceCodes.OutputOutside,
                Summary = $"the output folder lies outside of '{within}'",
                Detail = $"it leads to '{real}'",
                Place = new SourcePlace(folder),
                Fix = "name a folder inside, without '..' and without a link that leads out",
            };
        }

        for (var path = real; path is not null; path = Path.GetDirectoryName(path))
        {
            if (!files.FileExists(path)) continue;
            return new Diagnostic
            {
                Code = WorkspaceCodes.WrongKindInTheWay,
                Summary = path == real ? "the output folder is a file" : $"the output folder would lie in '{path}', which is a file",
                Place = new SourcePlace(folder),
                Fix = "name another folder, or move the file away",
            };
        }

        return null;
    }

    private static Diagnostic? FindProblem(string path)
    {
        if (path.Length == 0) return Leaves(path, "a path to write is empty");
        if (path.Contains('\\', StringComparison.Ordinal)) return Leaves(path, "a path to write holds a backslash");
        if (path.StartsWith('/') || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])))
            return Leaves(path, "a path to write is absolute");
        foreach (var part in path.Split('/'))
        {
            if (part is ".." or "." or "") return Leaves(path, part == ".." ? "a path to write leaves its folder" : "a path to write has an empty part");
            if (FindUnportable(part) is { } reason) return NotPortable(path, reason);
        }

        return null;
    }

    private static string? FindUnportable(string part)
    {
        if (part.AsSpan().ContainsAny(Forbidden) || part.Any(char.IsControl)) return $"'{part}' holds a character that not every system can store";
        if (part[^1] is '.' or ' ' || part[0] == ' ') return $"'{part}' begins or ends with a space, or ends with a dot";
        if (part.Length > 200) return $"'{part[..40]}…' is longer than 200 characters";
        var dot = part.IndexOf('.', StringComparison.Ordinal);
        return Devices.Contains(dot < 0 ? part : part[..dot]) ? $"'{part}' names a device on Windows" : null;
    }

    private static Diagnostic Leaves(string path, string summary) => new()
    {
        Code = WorkspaceCodes.PathLeavesTree,
        Summary = summary,
        Place = new SourcePlace(path),
        Fix = "use a name without '/', '\\' and '..'",
    };

    private static Diagnostic NotPortable(string path, string detail) => new()
    {
        Code = WorkspaceCodes.PathNotPortable,
        Summary = "a path to write cannot be stored on every system",
        Detail = detail,
        Place = new SourcePlace(path),
        Fix = "choose a name of letters, digits, '-', '_' and '.'",
    };

    private static Diagnostic Collision(string path, string other) => new()
    {
        Code = WorkspaceCodes.PathsCollide,
        Summary = path == other ? "a path is written twice" : $"'{path}' and '{other}' are the same place on some systems",
        Place = new SourcePlace(path),
        Fix = "give them names that differ in more than the case of letters",
    };

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string FollowLinks(IFileSystem files, string path)
    {
        const int MaximumLinks = 40;
        for (var links = 0; links < MaximumLinks; links++)
        {
            if (FindLink(files, path) is not { } link) return path;
            path = Path.GetFullPath(files.GetLinkTarget(link)! + path[link.Length..]);
        }

        return path;
    }

    private static string? FindLink(IFileSystem files, string path)
    {
        string? first = null;
        for (var part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            if (files.GetLinkTarget(part) is not null) first = part;
        }

        return first;
    }
}
