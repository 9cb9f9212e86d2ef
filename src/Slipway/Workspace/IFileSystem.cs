namespace Slipway.Workspace;

/// <summary>The only door to the disk. Paths are absolute or relative to the process' working directory.</summary>
public interface IFileSystem
{
    /// <summary>True when a file (not a folder) is there.</summary>
    bool FileExists(string path);

    /// <summary>True when a folder is there.</summary>
    bool DirectoryExists(string path);

    /// <summary>The size of a file in bytes; of a link, that of the file it leads to. A pipe and a device have none.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    long GetSize(string path);

    /// <summary>Reads a file whole. A pipe or a device, which might keep the reader waiting for ever, is empty.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    byte[] ReadAllBytes(string path);

    /// <summary>Writes a file whole or not at all: to a temporary file beside it, flushed, then renamed over it. Folders are made.</summary>
    /// <exception cref="IOException">The disk is full or the path cannot be written; the old content is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be written.</exception>
    void WriteAtomically(string path, ReadOnlySpan<byte> content);

    /// <summary>
    /// Writes a file in place: a crash may leave half of it. For files that nobody looks at before they are moved to where they belong.
    /// Folders are made.
    /// </summary>
    /// <param name="path">The file; what it held is replaced.</param>
    /// <param name="content">What to write.</param>
    /// <param name="flush">Whether to wait until the disk has it, so that it outlives a loss of power.</param>
    /// <exception cref="IOException">The disk is full or the path cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be written.</exception>
    void WriteFile(string path, ReadOnlySpan<byte> content, bool flush);

    /// <summary>Gives a file the permissions of another; does nothing where a file system has none.</summary>
    void CopyPermissions(string from, string to);

    /// <summary>Makes a folder and those above it.</summary>
    void CreateDirectory(string path);

    /// <summary>Removes a file; one that is not there is fine.</summary>
    void DeleteFile(string path);

    /// <summary>Removes a folder if it is there and empty.</summary>
    void DeleteEmptyDirectory(string path);

    /// <summary>Renames a file or a folder. A file takes the place of the file that is there; a link there is replaced, not followed.</summary>
    void Move(string from, string to);

    /// <summary>All files below a folder, as paths relative to it with forward slashes, ordered ordinally. Links to folders are left out.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    IEnumerable<string> EnumerateFiles(string directory);

    /// <summary>The names of the folders directly in a folder, ordered ordinally.</summary>
    IEnumerable<string> EnumerateDirectories(string directory);

    /// <summary>The target of a symbolic link, absolute, or null when the path is no link.</summary>
    string? GetLinkTarget(string path);

    /// <summary>Takes a lock file for as long as the result lives; the system frees it when the process dies.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="holder">Who takes it, for others to read with <see cref="ReadLockHolder"/>.</param>
    /// <returns>The lock, or null when another process holds it.</returns>
    IDisposable? TryLock(string path, string holder);

    /// <summary>What the holder of a lock said about itself, or null when nobody did.</summary>
    string? ReadLockHolder(string path);
}
