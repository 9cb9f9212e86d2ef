namespace Slipway.Benchmarks.Suites;

/// <summary>A directory below the working directory, so that the disk measured is the one that is used; removed at the end.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    private readonly string _path = Directory.CreateDirectory(Path.Combine(Environment.CurrentDirectory, $".bench-{Environment.ProcessId}")).FullName;
    private int _files;

    /// <summary>A file name that was not used yet.</summary>
    public string NewFile() => Path.Combine(_path, $"{++_files}.db");

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
