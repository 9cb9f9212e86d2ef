using System.Globalization;
using Slipway.Workspace;

namespace Slipway.Cli.Performance;

/// <summary>A folder in the working directory, so that the disk that is measured is the one that is used; removed at the end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly IFileSystem _files;
    private readonly string _path;
    private int _count;

    public ScratchFolder(IFileSystem files, string directory)
    {
        _files = files;
        var number = 1;
        do _path = Path.Combine(directory, $".slipway-bench-{number++.ToString(CultureInfo.InvariantCulture)}");
        while (files.DirectoryExists(_path));
        files.CreateDirectory(_path);
    }

    /// <summary>A file name that was not used yet.</summary>
    public string NewFile() => Path.Combine(_path, $"{(++_count).ToString(CultureInfo.InvariantCulture)}.db");

    /// <summary>Removes a database with what lies beside it.</summary>
    public void Delete(string database) => DeleteAll(Path.GetFileName(database));

    public void Dispose()
    {
        DeleteAll("");
        _files.DeleteEmptyDirectory(_path);
    }

    private void DeleteAll(string prefix)
    {
        foreach (var name in _files.EnumerateFiles(_path).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList())
            _files.DeleteFile(Path.Combine(_path, name));
    }
}
