using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Workspace;

public sealed class PhysicalFileSystemTests : FileSystemConformance, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    protected override IFileSystem Files { get; } = new PhysicalFileSystem();

    protected override string Root => _directory.Path;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void WriteAtomically_Always_LeavesNoTemporaryFile()
    {
        Files.WriteAtomically(_directory.At("a"), "one"u8);
        Files.WriteAtomically(_directory.At("a"), "two"u8);

        Assert.Equal(["a"], Files.EnumerateFiles(Root));
    }

    [Fact]
    public void WriteAtomically_RefusedRename_LeavesNoTemporaryFile()
    {
        Files.CreateDirectory(_directory.At("a"));

        Assert.ThrowsAny<SystemException>(() => Files.WriteAtomically(_directory.At("a"), "one"u8));

        Assert.Empty(Files.EnumerateFiles(Root));
    }

    protected override void Link(string path, string target) => File.CreateSymbolicLink(path, target);

    protected override void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    protected override UnixFileMode GetMode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
