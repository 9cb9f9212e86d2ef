using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Workspace;

public sealed class InMemoryFileSystemTests : FileSystemConformance
{
    private readonly InMemoryFileSystem _disk = new();

    public InMemoryFileSystemTests() => _disk.CreateDirectory("/root/dir");

    protected override IFileSystem Files => _disk;

    protected override string Root => "/root/dir";

    [Fact]
    public void FailAt_DiskFull_LeavesHalfAndStaysFull()
    {
        _disk.FailAt(1, DiskFault.DiskFull);
        _disk.WriteFile("/root/dir/a", "text"u8, flush: false);

        Assert.Equal(28, Assert.Throws<IOException>(() => _disk.WriteFile("/root/dir/b", "text"u8, flush: false)).HResult);
        Assert.Throws<IOException>(() => _disk.WriteAtomically("/root/dir/c", "text"u8));
        Assert.Equal("te", _disk.ReadText("/root/dir/b"));
        _disk.Restart();
        _disk.WriteFile("/root/dir/b", "text"u8, flush: false);
        Assert.Equal("text", _disk.ReadText("/root/dir/b"));
    }

    [Fact]
    public void FailAt_Crash_RefusesEverythingUntilRestart()
    {
        _disk.TryLock("/root/dir/lock", "me");
        _disk.FailAt(0, DiskFault.Crash);

        Assert.Throws<SimulatedCrashException>(() => _disk.CreateDirectory("/root/dir/new"));
        Assert.Throws<SimulatedCrashException>(() => _disk.WriteAtomically("/root/dir/a", "text"u8));
        _disk.Restart();
        _disk.CreateDirectory("/root/dir/new");
        Assert.NotNull(_disk.TryLock("/root/dir/lock", "me again"));
    }

    [Fact]
    public void MakeReadOnly_Folder_RefusesChangesInIt()
    {
        _disk.Add("/root/dir/a/b", "text");
        _disk.MakeReadOnly("/root/dir/a");

        Assert.Throws<UnauthorizedAccessException>(() => _disk.WriteAtomically("/root/dir/a/b", "new"u8));
        Assert.Throws<UnauthorizedAccessException>(() => _disk.DeleteFile("/root/dir/a/b"));
        Assert.Throws<UnauthorizedAccessException>(() => _disk.Move("/root/dir/a/b", "/root/dir/b"));
        Assert.Equal("text", _disk.ReadText("/root/dir/a/b"));
    }

    protected override void Link(string path, string target) => _disk.AddLink(path, target);

    protected override void SetMode(string path, UnixFileMode mode) => _disk.SetMode(path, mode);

    protected override UnixFileMode GetMode(string path) => _disk.GetMode(path);
}
