#pragma warning disable RS0030 // This is the door to the disk.
using System.Globalization;
using System.Text;

namespace Slipway.Workspace;

/// <summary>The real disk.</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    private static readonly EnumerationOptions Flat = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private long _temporaries;

    /// <inheritdoc/>
    public bool FileExists(string path)
    {
        // A link that leads nowhere exists for .NET.
        var entry = new FileInfo(path);
        return entry.Exists
            && (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint) || entry.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true });
    }

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public long GetSize(string path) => new FileInfo(FollowLink(path)).Length;

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path) => new FileInfo(FollowLink(path)) is { Exists: true, Length: 0 } ? [] : File.ReadAllBytes(path);

    /// <inheritdoc/>
    public void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        var full = FollowLink(Path.GetFullPath(path));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var number = Interlocked.Increment(ref _temporaries).ToString(CultureInfo.InvariantCulture);
        var temporary = $"{full}.{Environment.ProcessId}-{number}.tmp";
        try
        {
            Write(temporary, FileMode.CreateNew, content, flush: true);
            if (File.Exists(full)) CopyPermissions(full, temporary);
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc/>
    public void WriteFile(string path, ReadOnlySpan<byte> content, bool flush)
    {
        try
        {
            Write(path, FileMode.Create, content, flush);
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Write(path, FileMode.Create, content, flush);
        }
    }

    /// <inheritdoc/>
    public void CopyPermissions(string from, string to)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // A file in a folder that is not there is not there either.
        }
    }

    /// <inheritdoc/>
    public void DeleteEmptyDirectory(string path)
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path, "*", Flat).Any()) Directory.Delete(path);
    }

    /// <inheritdoc/>
    public void Move(string from, string to)
    {
        if (Directory.Exists(from) && new DirectoryInfo(from).LinkTarget is null) Directory.Move(from, to);
        else File.Move(from, to, overwrite: true);
    }

    /// <inheritdoc/>
    public IEnumerable<string> EnumerateFiles(string directory)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(directory), "", found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <inheritdoc/>
    public IEnumerable<string> EnumerateDirectories(string directory) =>
        Directory.EnumerateDirectories(directory, "*", Flat).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? GetLinkTarget(string path) =>
        new FileInfo(path).LinkTarget is { } target ? Path.GetFullPath(target, Path.GetDirectoryName(Path.GetFullPath(path))!) : null;

    /// <inheritdoc/>
    public IDisposable? TryLock(string path, string holder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream stream;
        try
        {
            // On Unix only FileShare.None is an exclusive flock. Nobody else can read a file locked so, hence the second file for the holder.
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (IsHeldElsewhere(exception))
        {
            return null;
        }

        try
        {
            WriteAtomically(HolderFile(path), Encoding.UTF8.GetBytes(holder));
            return new HeldLock(stream, HolderFile(path));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string? ReadLockHolder(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(HolderFile(path)));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string HolderFile(string path) => path + ".holder";

    // EWOULDBLOCK is 11 on Linux and 35 on macOS; ERROR_SHARING_VIOLATION is 32 on Windows.
    private static bool IsHeldElsewhere(IOException exception) =>
        OperatingSystem.IsWindows() ? (exception.HResult & 0xFFFF) == 32 : exception.HResult is 11 or 35;

    private static void Write(string path, FileMode mode, ReadOnlySpan<byte> content, bool flush)
    {
        using var stream = new FileStream(path, mode, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(content);
        if (flush) stream.Flush(flushToDisk: true);
    }

    private static string FollowLink(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static void Collect(DirectoryInfo directory, string prefix, List<string> found)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos("*", Flat))
        {
            var name = prefix + entry.Name;
            if (entry is not DirectoryInfo folder) found.Add(name);
            else if (folder.LinkTarget is null) Collect(folder, name + "/", found);
        }
    }

    private sealed class HeldLock(FileStream stream, string holderFile) : IDisposable
    {
        public void Dispose()
        {
            File.Delete(holderFile);
            stream.Dispose();
        }
    }
}
