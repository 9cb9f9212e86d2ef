using System.Text;
using Slipway.Workspace;

namespace Slipway.Testing.Workspace;

/// <summary>
/// A disk in memory with links, permissions, locks and faults on demand. Paths are Unix paths; relative ones begin at
/// <see cref="WorkingDirectory"/>. Passes the same conformance suite as the real disk.
/// </summary>
public sealed partial class InMemoryFileSystem : IFileSystem
{
    private const int MaximumLinks = 40;
    private const UnixFileMode DefaultMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal) { ["/"] = new Entry { IsDirectory = true } };
    private readonly Dictionary<string, string> _locks = new(StringComparer.Ordinal);

    /// <summary>Where relative paths begin. Default: <c>/home/user</c>.</summary>
    public string WorkingDirectory { get; set; } = "/home/user";

    /// <summary>A file's content as text, for tests.</summary>
    public string ReadText(string path) => Encoding.UTF8.GetString(ReadAllBytes(path));

    /// <summary>Puts a file there, with its folders; counts as no change.</summary>
    public InMemoryFileSystem Add(string path, string content) => Add(path, Encoding.UTF8.GetBytes(content));

    /// <summary>Puts a file there, with its folders; counts as no change.</summary>
    public InMemoryFileSystem Add(string path, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            var full = Resolve(path);
            MakeDirectories(Parent(full));
            _entries[full] = new Entry { Content = content.ToArray(), Mode = _entries.GetValueOrDefault(full)?.Mode ?? DefaultMode };
        }

        return this;
    }

    /// <summary>Puts a symbolic link there, with its folders; counts as no change.</summary>
    /// <param name="path">The link.</param>
    /// <param name="target">Where it leads, absolute or relative to its folder; need not exist.</param>
    public InMemoryFileSystem AddLink(string path, string target)
    {
        lock (_gate)
        {
            var full = ResolveParent(path);
            MakeDirectories(Parent(full));
            _entries[full] = new Entry { LinkTarget = target };
        }

        return this;
    }

    /// <summary>A file's Unix permissions.</summary>
    public UnixFileMode GetMode(string path)
    {
        lock (_gate) return FileAt(Resolve(path), path).Mode;
    }

    /// <summary>Sets a file's Unix permissions.</summary>
    public void SetMode(string path, UnixFileMode mode)
    {
        lock (_gate) FileAt(Resolve(path), path).Mode = mode;
    }

    /// <summary>Everything there is, for comparisons: files with their text, links as <c>-> target</c>, folders with an empty text and a final slash.</summary>
    public SortedDictionary<string, string> Snapshot(string directory)
    {
        lock (_gate)
        {
            var prefix = Prefix(Resolve(directory));
            var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (path, entry) in _entries)
            {
                if (path.Length <= prefix.Length || !path.StartsWith(prefix, StringComparison.Ordinal)) continue;
                var name = path[prefix.Length..];
                if (entry.IsDirectory) result[name + "/"] = "";
                else result[name] = entry.LinkTarget is { } target ? "-> " + target : Encoding.UTF8.GetString(entry.Content);
            }

            return result;
        }
    }

    /// <inheritdoc/>
    public bool FileExists(string path)
    {
        lock (_gate) return _entries.TryGetValue(Resolve(path), out var entry) && entry is { IsDirectory: false, LinkTarget: null };
    }

    /// <inheritdoc/>
    public bool DirectoryExists(string path)
    {
        lock (_gate) return _entries.TryGetValue(Resolve(path), out var entry) && entry.IsDirectory;
    }

    /// <inheritdoc/>
    public long GetSize(string path)
    {
        lock (_gate) return FileAt(Resolve(path), path).Content.Length;
    }

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path)
    {
        lock (_gate)
        {
            RefuseWhenDead();
            return [.. FileAt(Resolve(path), path).Content];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> EnumerateFiles(string directory)
    {
        lock (_gate)
        {
            var full = DirectoryAt(directory);
            var prefix = Prefix(full);
            return
            [
                .. _entries
                    .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && !pair.Value.IsDirectory && !LeadsToDirectory(pair.Key, pair.Value))
                    .Select(pair => pair.Key[prefix.Length..])
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<string> EnumerateDirectories(string directory)
    {
        lock (_gate)
        {
            var full = DirectoryAt(directory);
            return
            [
                .. _entries
                    .Where(pair => pair.Key != "/" && Parent(pair.Key) == full && (pair.Value.IsDirectory || LeadsToDirectory(pair.Key, pair.Value)))
                    .Select(pair => pair.Key[(pair.Key.LastIndexOf('/') + 1)..])
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <inheritdoc/>
    public string? GetLinkTarget(string path)
    {
        lock (_gate)
        {
            var full = ResolveParent(path);
            return _entries.TryGetValue(full, out var entry) && entry.LinkTarget is { } target ? Normalise(target, Parent(full)) : null;
        }
    }

    /// <inheritdoc/>
    public string? ReadLockHolder(string path)
    {
        lock (_gate) return _locks.GetValueOrDefault(Resolve(path));
    }

    private bool LeadsToDirectory(string path, Entry entry) =>
        entry.LinkTarget is not null && _entries.TryGetValue(Resolve(path), out var target) && target.IsDirectory;

    private Entry FileAt(string full, string asked)
    {
        if (_entries.TryGetValue(full, out var entry))
        {
            return entry.IsDirectory
                ? throw new UnauthorizedAccessException($"Access to the path '{asked}' is denied.")
                : entry.LinkTarget is null ? entry : throw new FileNotFoundException($"Could not find file '{asked}'.", asked);
        }

        throw _entries.TryGetValue(Parent(full), out var parent) && parent.IsDirectory
            ? new FileNotFoundException($"Could not find file '{asked}'.", asked)
            : new DirectoryNotFoundException($"Could not find a part of the path '{asked}'.");
    }

    private string DirectoryAt(string asked)
    {
        var full = Resolve(asked);
        return _entries.TryGetValue(full, out var entry) && entry.IsDirectory
            ? full
            : throw new DirectoryNotFoundException($"Could not find a part of the path '{asked}'.");
    }

    private static string Prefix(string full) => full == "/" ? "/" : full + "/";

    private static string Parent(string full) => full.LastIndexOf('/') is > 0 and var slash ? full[..slash] : "/";

    private static string Normalise(string path, string from)
    {
        var parts = new List<string>();
        foreach (var part in (path.StartsWith('/') ? path : from + "/" + path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..") parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part != ".") parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }

    private string ResolveParent(string path)
    {
        var full = Normalise(path, WorkingDirectory);
        return full == "/" ? full : Prefix(Resolve(Parent(full))) + full[(full.LastIndexOf('/') + 1)..];
    }

    private string Resolve(string path)
    {
        var rest = Normalise(path, WorkingDirectory);
        for (var links = 0; links < MaximumLinks; links++)
        {
            if (FindLink(rest) is not { } link) return rest;
            rest = Normalise(_entries[link].LinkTarget! + rest[link.Length..], Parent(link));
        }

        return rest;
    }

    private string? FindLink(string full)
    {
        for (var end = full.IndexOf('/', 1); ; end = full.IndexOf('/', end + 1))
        {
            var part = end < 0 ? full : full[..end];
            if (_entries.TryGetValue(part, out var entry) && entry.LinkTarget is not null) return part;
            if (end < 0) return null;
        }
    }

    private sealed class Entry
    {
        public bool IsDirectory { get; init; }

        public byte[] Content { get; set; } = [];

        public string? LinkTarget { get; init; }

        public UnixFileMode Mode { get; set; } = DefaultMode;
    }
}
