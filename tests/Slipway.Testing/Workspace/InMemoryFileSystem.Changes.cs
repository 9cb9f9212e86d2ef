namespace Slipway.Testing.Workspace;

/// <content>What changes the disk, and how it fails.</content>
public sealed partial class InMemoryFileSystem
{
    private readonly HashSet<string> _readOnly = new(StringComparer.Ordinal);
    private readonly List<string> _flushed = [];
    private (int Change, DiskFault Kind)? _fault;
    private bool _isFull;
    private bool _isDead;

    /// <summary>How many changes there were: each written or removed file, made or removed folder and rename is one.</summary>
    public int Changes { get; private set; }

    /// <summary>The files written with a flush, in order.</summary>
    public IReadOnlyList<string> Flushed => _flushed;

    /// <summary>Lets one change go wrong.</summary>
    /// <param name="change">Which, counted from 0 from now on.</param>
    /// <param name="kind">How.</param>
    public void FailAt(int change, DiskFault kind) => _fault = (Changes + change, kind);

    /// <summary>Lets a file or a folder with all in it refuse changes.</summary>
    public void MakeReadOnly(string path) => _readOnly.Add(Resolve(path));

    /// <summary>Lifts all faults, full disks and read-only marks, and, after a crash, frees the locks of the dead process.</summary>
    public void Restart()
    {
        _fault = null;
        _isFull = _isDead = false;
        _readOnly.Clear();
        _locks.Clear();
    }

    /// <inheritdoc/>
    public void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        lock (_gate)
        {
            var full = Resolve(path);
            MakeDirectories(Parent(full), asked: path);
            Change(full, writes: true, half: null);
            Put(full, path, content.ToArray());
            _flushed.Add(full);
        }
    }

    /// <inheritdoc/>
    public void WriteFile(string path, ReadOnlySpan<byte> content, bool flush)
    {
        lock (_gate)
        {
            var full = Resolve(path);
            MakeDirectories(Parent(full), asked: path);
            var half = content[..(content.Length / 2)].ToArray();
            Change(full, writes: true, half: () => Put(full, path, half));
            Put(full, path, content.ToArray());
            if (flush) _flushed.Add(full);
        }
    }

    /// <inheritdoc/>
    public void CopyPermissions(string from, string to)
    {
        lock (_gate) FileAt(Resolve(to), to).Mode = FileAt(Resolve(from), from).Mode;
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        lock (_gate) MakeDirectories(Resolve(path), asked: path);
    }

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        lock (_gate)
        {
            var full = ResolveParent(path);
            if (!_entries.TryGetValue(full, out var entry)) return;
            if (entry.IsDirectory) throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
            Change(full, writes: false, half: null);
            _entries.Remove(full);
        }
    }

    /// <inheritdoc/>
    public void DeleteEmptyDirectory(string path)
    {
        lock (_gate)
        {
            var full = Resolve(path);
            if (!_entries.TryGetValue(full, out var entry) || !entry.IsDirectory || full == "/") return;
            if (_entries.Keys.Any(other => other.StartsWith(Prefix(full), StringComparison.Ordinal))) return;
            Change(full, writes: false, half: null);
            _entries.Remove(full);
        }
    }

    /// <inheritdoc/>
    public void Move(string from, string to)
    {
        lock (_gate)
        {
            var (source, target) = (ResolveParent(from), ResolveParent(to));
            if (!_entries.TryGetValue(source, out var entry)) throw new FileNotFoundException($"Could not find file '{from}'.", from);
            if (!_entries.TryGetValue(Parent(target), out var parent) || !parent.IsDirectory)
                throw new DirectoryNotFoundException($"Could not find a part of the path '{to}'.");
            if (_entries.TryGetValue(target, out var there) && (there.IsDirectory || entry.IsDirectory))
                throw new IOException($"Cannot create '{to}' because a file or directory with the same name already exists.");
            RefuseWhenReadOnly(source);
            Change(target, writes: false, half: null);
            foreach (var path in _entries.Keys.Where(path => path == source || path.StartsWith(Prefix(source), StringComparison.Ordinal)).ToList())
            {
                _entries[target + path[source.Length..]] = _entries[path];
                _entries.Remove(path);
            }
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path, string holder)
    {
        lock (_gate)
        {
            var full = Resolve(path);
            if (!_entries.ContainsKey(full))
            {
                MakeDirectories(Parent(full), asked: path);
                Change(full, writes: false, half: null);
                Put(full, path, []);
            }

            RefuseWhenReadOnly(full);
            return _locks.TryAdd(full, holder) ? new HeldLock(this, full) : null;
        }
    }

    private void Put(string full, string asked, byte[] content)
    {
        if (_entries.TryGetValue(full, out var there) && there.IsDirectory)
            throw new UnauthorizedAccessException($"Access to the path '{asked}' is denied.");
        _entries[full] = new Entry { Content = content, Mode = there?.Mode ?? DefaultMode };
    }

    private void MakeDirectories(string full)
    {
        for (var path = full; !_entries.ContainsKey(path); path = Parent(path)) _entries[path] = new Entry { IsDirectory = true };
    }

    private void MakeDirectories(string full, string asked)
    {
        var missing = new Stack<string>();
        var path = full;
        for (; !_entries.ContainsKey(path); path = Parent(path)) missing.Push(path);
        if (!_entries[path].IsDirectory) throw new IOException($"The file '{path}' already exists, so '{asked}' cannot be made.");
        foreach (var folder in missing)
        {
            Change(folder, writes: false, half: null);
            _entries[folder] = new Entry { IsDirectory = true };
        }
    }

    private void Change(string full, bool writes, Action? half)
    {
        RefuseWhenDead();
        RefuseWhenReadOnly(full);
        if (_isFull && writes) throw DiskFull(full);
        var change = Changes++;
        if (_fault is not { } fault || fault.Change != change) return;

        half?.Invoke();
        switch (fault.Kind)
        {
            case DiskFault.Crash:
                _isDead = true;
                throw new SimulatedCrashException();
            case DiskFault.DiskFull:
                _isFull = true;
                throw DiskFull(full);
            case DiskFault.BrokenDisk:
                throw new IOException($"Input/output error : '{full}'", 5);
            default:
                throw Denied(full);
        }
    }

    private void RefuseWhenDead()
    {
        if (_isDead) throw new SimulatedCrashException();
    }

    private void RefuseWhenReadOnly(string full)
    {
        for (var path = full; path != "/"; path = Parent(path))
        {
            if (_readOnly.Contains(path)) throw Denied(full);
        }
    }

    private static IOException DiskFull(string path) => new($"No space left on device : '{path}'", 28);

    private static UnauthorizedAccessException Denied(string path) => new($"Access to the path '{path}' is denied.");

    private sealed class HeldLock(InMemoryFileSystem disk, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate) disk._locks.Remove(path);
        }
    }
}
