namespace Slipway.Testing.Workspace;

/// <summary>A directory of one test on the real disk, removed at its end.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Its absolute path, links resolved.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("slipway-").FullName;

    /// <summary>The path of something in it.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
