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

    [Fact]
    public async Task ReadAllBytes_Pipe_IsEmptyAndNeverWaits()
    {
        if (OperatingSystem.IsWindows()) return;
        var made = await new ProcessRunner(new SystemEnvironment()).RunAsync(new ProcessCommand("mkfifo", [_directory.At("pipe")]), TestContext.Current.CancellationToken);

        Assert.Equal(0, made.ExitCode);
        Assert.Empty(Files.ReadAllBytes(_directory.At("pipe")));
    }

    [Fact]
    public void GetSize_Link_IsThatOfTheFileItLeadsTo()
    {
        Files.WriteAtomically(_directory.At("long"), new byte[5000]);
        Link(_directory.At("link"), _directory.At("long"));

        Assert.Equal(5000, Files.GetSize(_directory.At("link")));
    }

    protected override void Link(string path, string target) => File.CreateSymbolicLink(path, target);

    protected override void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    protected override UnixFileMode GetMode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
}
