using System.Globalization;
using Slipway.Testing.Time;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Workspace;

public sealed class WorkspaceLockTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TryTake_Twice_SaysWhoHoldsIt()
    {
        using var directory = new TemporaryDirectory();
        var files = new PhysicalFileSystem();
        using var held = WorkspaceLock.TryTake(files, _time, directory.Path, "slipway generate", out var none);

        var second = WorkspaceLock.TryTake(files, _time, directory.Path, "slipway generate", out var problem);

        Assert.NotNull(held);
        Assert.Null(none);
        Assert.Null(second);
        Assert.Equal(WorkspaceCodes.LockHeld, problem!.Code);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"'slipway generate', process {Environment.ProcessId} on {Environment.MachineName}, since 2026-01-02T12:00:00Z"),
            problem.Detail);
    }

    [Fact]
    public void Dispose_HeldLock_LetsTheNextIn()
    {
        var disk = new InMemoryFileSystem();
        WorkspaceLock.TryTake(disk, _time, "/repo", "first", out _)!.Dispose();

        using var next = WorkspaceLock.TryTake(disk, _time, "/repo", "second", out var problem);

        Assert.NotNull(next);
        Assert.Null(problem);
    }

    [Fact]
    public async Task TryTake_HolderWasKilled_IsFree()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "takes the lock with flock(1)");
        var runner = new ProcessRunner(new SystemEnvironment());
        Assert.SkipWhen(runner.Find("flock") is null, "flock(1) is not on PATH");
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.At(".slipway"));
        using var cancel = new CancellationTokenSource();
        var ready = directory.At("ready");
        var holder = runner.RunAsync(
            new ProcessCommand("flock", ["--close", directory.At(".slipway/lock"), "sh", "-c", ": > \"$1\"; sleep 600", "sh", ready]), cancel.Token);
        using var watcher = new FileSystemWatcher(directory.Path) { EnableRaisingEvents = true };
        while (!File.Exists(ready)) watcher.WaitForChanged(WatcherChangeTypes.All, 50);
        var files = new PhysicalFileSystem();

        Assert.Null(WorkspaceLock.TryTake(files, _time, directory.Path, "slipway generate", out var problem));
        Assert.Equal("it has not said who it is", problem!.Detail);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holder);

        using var held = WorkspaceLock.TryTake(files, _time, directory.Path, "slipway generate", out _);
        Assert.NotNull(held);
    }

    [Fact]
    public void TryTake_ReadOnlyFolder_SaysSo()
    {
        var disk = new InMemoryFileSystem().Add("/repo/file", "");
        disk.MakeReadOnly("/repo");

        Assert.Null(WorkspaceLock.TryTake(disk, _time, "/repo", "slipway generate", out var problem));

        Assert.Equal(WorkspaceCodes.NotAllowed, problem!.Code);
    }

    [Theory]
    [InlineData("/repo/.slipway")]
    [InlineData("/repo/.slipway/lock")]
    [InlineData("/repo/.slipway/lock.holder")]
    public void TryTake_LinkInItsPlace_IsRefused(string link)
    {
        var disk = new InMemoryFileSystem().Add("/outside/file", "text").AddLink(link, "/outside/file");

        Assert.Null(WorkspaceLock.TryTake(disk, _time, "/repo", "slipway generate", out var problem));

        Assert.Equal(WorkspaceCodes.LinkInTheWay, problem!.Code);
        Assert.Equal("text", disk.ReadText("/outside/file"));
    }
}
