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
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public long GetSize(string path) => new FileInfo(path).Length;

    /// <inheritdoc/>
    public byte[] ReadAllBytes(string path) => File.ReadAllBytes(path);

    /// <inheritdoc/>
    public void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var number = Interlocked.Increment(ref _temporaries).ToString(CultureInfo.InvariantCulture);
        var temporary = $"{full}.{Environment.ProcessId}-{number}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(full)) File.SetUnixFileMode(temporary, File.GetUnixFileMode(full));
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        if (File.Exists(path)) File.Delete(path);
    }

    /// <inheritdoc/>
    public void DeleteEmptyDirectory(string path)
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    }

    /// <inheritdoc/>
    public void Move(string from, string to)
    {
        if (Directory.Exists(from)) Directory.Move(from, to);
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
    public string? GetLinkTarget(string path)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.LinkTarget is { } target ? Path.GetFullPath(target, Path.GetDirectoryName(Path.GetFullPath(path))!) : null;
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path, string holder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (IOException exception) when (exception is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
        {
            return null;
        }

        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(holder));
        stream.Flush();
        return stream;
    }

    private static void Collect(DirectoryInfo directory, string prefix, List<string> found)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos("*", Flat))
        {
            var name = prefix + entry.Name;
            if (entry is not DirectoryInfo folder) found.Add(name);
            else if (folder.LinkTarget is null) Collect(folder, name + "/", found);
        }
    }
}
