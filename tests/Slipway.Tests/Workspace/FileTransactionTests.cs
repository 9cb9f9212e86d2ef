using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Workspace;

public sealed class FileTransactionTests
{
    private const string Root = "/repo";

    private static readonly DiskFault[] Faults = [DiskFault.Crash, DiskFault.DiskFull, DiskFault.NotAllowed, DiskFault.BrokenDisk];

    public static TheoryData<DiskFault> AllFaults => [.. Faults];

    [Fact]
    public void Commit_WritesAndDeletes_AreThereAndNothingElse()
    {
        var disk = Prepare();

        Assert.Empty(Change(disk).Commit());

        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["a/"] = "",
                ["a/changed.txt"] = "new",
                ["keep/"] = "",
                ["keep/untouched.txt"] = "same",
                ["x/"] = "",
                ["x/y/"] = "",
                ["x/y/created.txt"] = "created",
            },
            disk.Snapshot(Root));
    }

    [Theory]
    [MemberData(nameof(AllFaults))]
    public void Commit_FaultAtEveryChange_LeavesAllOldOrAllNew(DiskFault kind)
    {
        var (before, after) = States();
        var number = 0;
        for (var reached = true; reached; number++)
        {
            var disk = Prepare();
            disk.FailAt(number, kind);
            var start = disk.Changes;

            var isRefused = CommitUntilCrash(disk) is { } problems && problems.Any(problem => problem.Severity == Severity.Error);

            reached = disk.Changes > start + number;
            disk.Restart();
            if (kind != DiskFault.Crash) Assert.Equal(isRefused ? before : after, WithoutStaging(disk));
            Assert.DoesNotContain(FileTransaction.Recover(disk, Root), problem => problem.Severity == Severity.Error);
            var state = disk.Snapshot(Root);
            Assert.True(state.SequenceEqual(before) || state.SequenceEqual(after), $"{kind} at {number}: {string.Join(", ", state)}");
        }

        Assert.InRange(number, 15, 60);
    }

    [Fact]
    public void Recover_CrashInTheRecoveryToo_LeavesAllOldOrAllNew()
    {
        var (before, after) = States();
        for (var first = 0; first < 40; first++)
        {
            for (var second = 0; second < 40; second++)
            {
                var disk = Prepare();
                disk.FailAt(first, DiskFault.Crash);
                CommitUntilCrash(disk);
                disk.Restart();
                disk.FailAt(second, DiskFault.Crash);
                try
                {
                    FileTransaction.Recover(disk, Root);
                }
                catch (SimulatedCrashException)
                {
                    disk.Restart();
                }

                FileTransaction.Recover(disk, Root);
                var state = disk.Snapshot(Root);
                Assert.True(state.SequenceEqual(before) || state.SequenceEqual(after), $"crash at {first}, then {second}: {string.Join(", ", state)}");
            }
        }
    }

    [Fact]
    public void Recover_FullDiskWhileGoingBack_IsTriedAgain()
    {
        var (before, after) = States();
        for (var first = 0; first < 30; first++)
        {
            var disk = Prepare();
            disk.FailAt(first, DiskFault.NotAllowed);
            var problems = CommitUntilCrash(disk);
            disk.Restart();

            FileTransaction.Recover(disk, Root);

            Assert.Equal(problems!.Any(problem => problem.Severity == Severity.Error) ? before : after, disk.Snapshot(Root));
        }
    }

    [Fact]
    public void Commit_FullDisk_SaysSoAndThatNothingChanged()
    {
        var disk = Prepare();
        disk.FailAt(2, DiskFault.DiskFull);

        var problem = Assert.Single(Change(disk).Commit());

        Assert.Equal(WorkspaceCodes.DiskFull, problem.Code);
        Assert.StartsWith("/repo: error SLW1056: the disk is full; could not write the files; nothing was changed", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Commit_ReadOnlyFolder_SaysSoAndChangesNothing()
    {
        var disk = Prepare();
        var before = disk.Snapshot(Root);
        disk.MakeReadOnly("/repo/a");

        var problem = Assert.Single(Change(disk).Commit());

        Assert.Equal(WorkspaceCodes.NotAllowed, problem.Code);
        Assert.Contains("taken back", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(before, disk.Snapshot(Root));
    }

    [Fact]
    public void Commit_NewTreeOnAFullDisk_LeavesNoFolder()
    {
        var disk = new InMemoryFileSystem();
        disk.CreateDirectory("/home");
        disk.FailAt(4, DiskFault.DiskFull);

        Assert.Single(Write(disk, "/home/new", ("a/b", "text")).Commit());

        Assert.Empty(disk.Snapshot("/home"));
    }

    [Fact]
    public void Commit_ExistingFile_KeepsItsPermissionsAlsoWhenTakenBack()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var disk = Prepare();
        disk.SetMode("/repo/a/changed.txt", Mode);

        Assert.Empty(Change(disk).Commit());

        Assert.Equal(Mode, disk.GetMode("/repo/a/changed.txt"));
    }

    [Fact]
    public void Write_Precious_IsFlushedBeforeItIsMoved()
    {
        var disk = Prepare();
        var transaction = new FileTransaction(disk, Root);
        transaction.Write("a/changed.txt", "merged"u8.ToArray(), isPrecious: true);
        transaction.Write("a/other.txt", "plain"u8.ToArray());

        Assert.Empty(transaction.Commit());

        Assert.Equal(["/repo/.slipway/staging/0.new", "/repo/.slipway/staging/intent.json.tmp"], disk.Flushed);
    }

    [Theory]
    [InlineData("../x", WorkspaceCodes.PathLeavesTree)]
    [InlineData("a/../../x", WorkspaceCodes.PathLeavesTree)]
    [InlineData("/etc/x", WorkspaceCodes.PathLeavesTree)]
    [InlineData("C:/x", WorkspaceCodes.PathLeavesTree)]
    [InlineData("a\\b", WorkspaceCodes.PathLeavesTree)]
    [InlineData("a//b", WorkspaceCodes.PathLeavesTree)]
    [InlineData("./a", WorkspaceCodes.PathLeavesTree)]
    [InlineData("", WorkspaceCodes.PathLeavesTree)]
    [InlineData("ab:c", WorkspaceCodes.PathNotPortable)]
    [InlineData("a\nb", WorkspaceCodes.PathNotPortable)]
    [InlineData("con.yaml", WorkspaceCodes.PathNotPortable)]
    [InlineData("a./b", WorkspaceCodes.PathNotPortable)]
    [InlineData("Other.yaml", WorkspaceCodes.PathsCollide)]
    [InlineData("OTHER/x", WorkspaceCodes.PathsCollide)]
    [InlineData("other.yaml/x", WorkspaceCodes.PathsCollide)]
    [InlineData("link/x", WorkspaceCodes.LinkInTheWay)]
    [InlineData("inside/x", WorkspaceCodes.LinkInTheWay)]
    [InlineData("dangling", WorkspaceCodes.LinkInTheWay)]
    [InlineData("keep/untouched.txt/x", WorkspaceCodes.WrongKindInTheWay)]
    [InlineData("keep", WorkspaceCodes.WrongKindInTheWay)]
    public void Commit_BadPath_IsRefusedAndNothingChanges(string path, string code)
    {
        var disk = Prepare().AddLink("/repo/link", "/outside").AddLink("/repo/inside", "keep").AddLink("/repo/dangling", "/nowhere");
        disk.CreateDirectory("/outside");
        var before = disk.Snapshot("/");

        var problem = Assert.Single(Write(disk, Root, ("other.yaml", "text"), ("other/y", "text"), (path, "text")).Commit());

        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Fix);
        Assert.Equal(before, disk.Snapshot("/"));
    }

    [Theory]
    [InlineData("/repo/.slipway")]
    [InlineData("/repo/.slipway/staging")]
    public void Commit_OwnFolderIsALink_IsRefused(string link)
    {
        var disk = Prepare().AddLink(link, "/outside");
        disk.CreateDirectory("/outside");

        Assert.Equal(WorkspaceCodes.LinkInTheWay, Assert.Single(Change(disk).Commit()).Code);
        Assert.Equal(WorkspaceCodes.LinkInTheWay, Assert.Single(FileTransaction.Recover(disk, Root)).Code);
        Assert.Empty(disk.Snapshot("/outside"));
    }

    [Fact]
    public void Commit_FileChangedSinceItWasSeen_IsRefused()
    {
        var disk = Prepare();
        var before = disk.Snapshot(Root);
        var transaction = new FileTransaction(disk, Root);
        transaction.Replace("a/changed.txt", "seen"u8.ToArray(), "new"u8.ToArray());
        transaction.Replace("a/appeared.txt", null, "new"u8.ToArray());
        transaction.Replace("b/gone.txt", "going"u8.ToArray(), null);
        disk.Add("/repo/a/appeared.txt", "somebody's");
        before["a/appeared.txt"] = "somebody's";

        var problems = transaction.Commit();

        Assert.Equal(["/repo/a/appeared.txt", "/repo/a/changed.txt"], problems.Select(problem => problem.Place!.File));
        Assert.All(problems, problem => Assert.Equal(WorkspaceCodes.ChangedMeanwhile, problem.Code));
        Assert.Equal(before, disk.Snapshot(Root));
    }

    [Fact]
    public void Recover_FileEditedSinceTheCrash_KeepsTheEditAndPutsTheNewTextBeside()
    {
        var disk = CrashAfterIntent();
        disk.Add("/repo/a/changed.txt", "by hand");
        disk.Add("/repo/b/gone.txt", "by hand too");

        var problems = FileTransaction.Recover(disk, Root);

        Assert.Equal([Severity.Warning, Severity.Warning, Severity.Info], problems.Select(problem => problem.Severity));
        Assert.Equal("by hand", disk.ReadText("/repo/a/changed.txt"));
        Assert.Equal("new", disk.ReadText("/repo/a/changed.txt.slipway-new"));
        Assert.Equal("by hand too", disk.ReadText("/repo/b/gone.txt"));
        Assert.Equal("created", disk.ReadText("/repo/x/y/created.txt"));
        Assert.False(disk.DirectoryExists("/repo/.slipway"));
    }

    [Fact]
    public void Recover_StagedFileTornByALossOfPower_TakesAllBack()
    {
        var (before, _) = States();
        var disk = CrashAfterIntent();
        disk.Add("/repo/.slipway/staging/2.new", "");

        var problem = Assert.Single(FileTransaction.Recover(disk, Root));

        Assert.Equal(WorkspaceCodes.Recovered, problem.Code);
        Assert.Equal(before, disk.Snapshot(Root));
    }

    [Theory]
    [InlineData("{\"format\":1,\"folders\":[],\"entries\":[{\"path\":\"../../etc/x\",\"before\":null,\"after\":\"0\"}]}", WorkspaceCodes.PathLeavesTree)]
    [InlineData("{\"format\":1,\"folders\":[\"../x\"],\"entries\":[]}", WorkspaceCodes.PathLeavesTree)]
    [InlineData("{\"format\":2}", WorkspaceCodes.NotRecovered)]
    [InlineData("{\"format\":1,\"ent", WorkspaceCodes.NotRecovered)]
    [InlineData("[]", WorkspaceCodes.NotRecovered)]
    public void Recover_RecordFromElsewhere_IsRefused(string intent, string code)
    {
        var disk = Prepare().Add("/repo/.slipway/staging/intent.json", intent).Add("/repo/.slipway/staging/0.new", "evil");

        var problem = Assert.Single(FileTransaction.Recover(disk, Root));

        Assert.Equal(code, problem.Code);
        Assert.True(FileTransaction.IsInterrupted(disk, Root));
    }

    [Fact]
    public void Commit_RubbishOfADeadProcess_IsNotTakenForItsOwn()
    {
        var (_, after) = States();
        var disk = Prepare().Add("/repo/.slipway/staging/0.old", "x").Add("/repo/.slipway/staging/1.old", "x").Add("/repo/.slipway/staging/done.json", "{}");

        Assert.Empty(Change(disk).Commit());

        Assert.Equal(after, disk.Snapshot(Root));
    }

    [Fact]
    public void Commit_CutOffBeforeAndNotRecovered_IsRefused()
    {
        var disk = CrashAfterIntent();
        var before = disk.Snapshot(Root);

        Assert.Equal(WorkspaceCodes.NotRecovered, Assert.Single(Write(disk, Root, ("z", "text")).Commit()).Code);

        Assert.Equal(before, disk.Snapshot(Root));
    }

    [Fact]
    public void Recover_NothingWasCutOff_DoesNothing()
    {
        var disk = Prepare();
        var changes = disk.Changes;

        Assert.Empty(FileTransaction.Recover(disk, Root));

        Assert.Equal(changes, disk.Changes);
        Assert.False(FileTransaction.IsInterrupted(disk, Root));
    }

    private static InMemoryFileSystem Prepare() => new InMemoryFileSystem()
        .Add("/repo/a/changed.txt", "old")
        .Add("/repo/b/gone.txt", "going")
        .Add("/repo/keep/untouched.txt", "same");

    private static FileTransaction Change(InMemoryFileSystem disk)
    {
        var transaction = Write(disk, Root, ("a/changed.txt", "new"), ("x/y/created.txt", "created"));
        transaction.Delete("b/gone.txt");
        return transaction;
    }

    private static FileTransaction Write(InMemoryFileSystem disk, string root, params (string Path, string Text)[] writes)
    {
        var transaction = new FileTransaction(disk, root);
        foreach (var (path, text) in writes) transaction.Write(path, Encoding.UTF8.GetBytes(text));
        return transaction;
    }

    private static IReadOnlyList<Diagnostic>? CommitUntilCrash(InMemoryFileSystem disk)
    {
        try
        {
            return Change(disk).Commit();
        }
        catch (SimulatedCrashException)
        {
            return null;
        }
    }

    private static InMemoryFileSystem CrashAfterIntent()
    {
        for (var number = 0; ; number++)
        {
            var disk = Prepare();
            disk.FailAt(number, DiskFault.Crash);
            CommitUntilCrash(disk);
            disk.Restart();
            if (FileTransaction.IsInterrupted(disk, Root)) return disk;
        }
    }

    private static (SortedDictionary<string, string> Before, SortedDictionary<string, string> After) States()
    {
        var disk = Prepare();
        var before = disk.Snapshot(Root);
        Change(disk).Commit();
        return (before, disk.Snapshot(Root));
    }

    private static SortedDictionary<string, string> WithoutStaging(InMemoryFileSystem disk)
    {
        var state = disk.Snapshot(Root);
        foreach (var path in state.Keys.Where(path => path.StartsWith(".slipway/", StringComparison.Ordinal)).ToList()) state.Remove(path);
        return state;
    }
}
