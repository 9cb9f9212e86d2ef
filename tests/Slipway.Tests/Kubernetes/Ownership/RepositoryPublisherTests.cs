using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Ownership;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Kubernetes.Ownership;

public sealed class RepositoryPublisherTests
{
    private const string Text = PublisherFixture.Text;

    private readonly PublisherFixture _repo = new();

    [Fact]
    public void Publish_EmptyFolder_MakesAllAndTheRecord()
    {
        var outcome = _repo.Publish(("base/a.yaml", Text), ("README.md", "# Hi\n"));

        Assert.Equal(PublishStatus.Done, outcome.Status);
        Assert.Empty(outcome.Problems);
        Assert.Equal(2, outcome.Plan!.Count(ChangeKind.Created));
        Assert.Equal(Text, _repo.Read("base/a.yaml"));
        Assert.Equal(
            [".slipway/.gitattributes", ".slipway/.gitignore", ".slipway/ownership.json", "README.md", "base/a.yaml"],
            _repo.Disk.EnumerateFiles("/repo"));
    }

    [Fact]
    public void Publish_Again_TouchesNothing()
    {
        _repo.Publish(("base/a.yaml", Text));
        var changes = _repo.Disk.Changes;

        var outcome = _repo.Publish(("base/a.yaml", Text));

        Assert.Equal(changes, _repo.Disk.Changes);
        Assert.False(outcome.Plan!.IsDrift);
        Assert.Equal(ChangeKind.Unchanged, PublisherFixture.KindOf(outcome, "base/a.yaml"));
    }

    [Fact]
    public void Publish_InAnyOrder_WritesTheSameRecord()
    {
        var other = new PublisherFixture();
        _repo.Publish(("b", "2\n"), ("a", "1\n"), ("B-c", "3\n"));
        other.Publish(("B-c", "3\n"), ("a", "1\n"), ("b", "2\n"));

        Assert.Equal(_repo.Read(".slipway/ownership.json"), other.Read(".slipway/ownership.json"));
    }

    [Fact]
    public void Publish_NewTextOverUneditedFile_UpdatesIt()
    {
        _repo.Publish(("a.yaml", Text));

        var outcome = _repo.Publish(("a.yaml", Text + "x: 1\n"));

        Assert.Equal(ChangeKind.Updated, PublisherFixture.KindOf(outcome, "a.yaml"));
        Assert.Equal(Text + "x: 1\n", _repo.Read("a.yaml"));
    }

    [Fact]
    public void Publish_EditedFile_IsKeptWithEveryCharacter()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Edit("a.yaml", "  LEVEL: info", "  # louder while we look for the fault\n  LEVEL:    debug");
        var edited = _repo.Read("a.yaml");

        var outcome = _repo.Publish(("a.yaml", Text));

        Assert.Equal(PublishStatus.Done, outcome.Status);
        Assert.Equal(ChangeKind.Kept, PublisherFixture.KindOf(outcome, "a.yaml"));
        Assert.Equal(edited, _repo.Read("a.yaml"));
    }

    [Fact]
    public void Publish_EditedFileAndNewText_MergesBothAndGoesOnMerging()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Edit("a.yaml", "LEVEL: info", "LEVEL: debug # mine");

        var first = _repo.Publish(("a.yaml", Text.Replace("MODE: fast", "MODE: slow", StringComparison.Ordinal)));
        var second = _repo.Publish(("a.yaml", Text.Replace("MODE: fast", "MODE: safe", StringComparison.Ordinal)));

        Assert.Equal(ChangeKind.Merged, PublisherFixture.KindOf(first, "a.yaml"));
        Assert.Equal(ChangeKind.Merged, PublisherFixture.KindOf(second, "a.yaml"));
        Assert.Equal(
            Text.Replace("LEVEL: info", "LEVEL: debug # mine", StringComparison.Ordinal).Replace("MODE: fast", "MODE: safe", StringComparison.Ordinal),
            _repo.Read("a.yaml"));
        Assert.Contains(_repo.Disk.Flushed, path => path.EndsWith(".new", StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_EditTakenOverByTheGenerator_IsNoEditAnyMore()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Edit("a.yaml", "LEVEL: info", "LEVEL: debug");
        var debug = Text.Replace("LEVEL: info", "LEVEL: debug", StringComparison.Ordinal);

        Assert.Equal(ChangeKind.Unchanged, PublisherFixture.KindOf(_repo.Publish(("a.yaml", debug)), "a.yaml"));
        Assert.Equal(ChangeKind.Updated, PublisherFixture.KindOf(_repo.Publish(("a.yaml", Text)), "a.yaml"));
    }

    [Fact]
    public void Publish_FileNoLongerGenerated_GoesWithItsFolder()
    {
        _repo.Publish(("base/deep/a.yaml", Text), ("base/b.yaml", Text));

        var outcome = _repo.Publish(("base/b.yaml", Text));

        Assert.Equal(ChangeKind.Removed, PublisherFixture.KindOf(outcome, "base/deep/a.yaml"));
        Assert.False(_repo.Disk.DirectoryExists("/repo/base/deep"));
        Assert.True(_repo.Exists("base/b.yaml"));
    }

    [Fact]
    public void Publish_EditedFileNoLongerGenerated_StaysAndIsThePersons()
    {
        _repo.Publish(("a.yaml", Text), ("b.yaml", Text));
        _repo.Edit("a.yaml", "info", "debug");

        var outcome = _repo.Publish(("b.yaml", Text));

        Assert.Equal(ChangeKind.Released, PublisherFixture.KindOf(outcome, "a.yaml"));
        Assert.Equal(PublishStatus.Done, outcome.Status);
        PublisherFixture.Only(outcome, OwnershipCodes.EditedOrphan);
        Assert.Contains("debug", _repo.Read("a.yaml"), StringComparison.Ordinal);
        Assert.Empty(_repo.Publish(("b.yaml", Text)).Problems);
    }

    [Fact]
    public void Publish_FilesOfOthers_AreNotTouched()
    {
        _repo.Disk.Add("/repo/notes.txt", "mine").Add("/repo/base/own.yaml", "mine");
        _repo.Publish(("base/a.yaml", Text));

        _repo.Publish();

        Assert.Equal("mine", _repo.Read("notes.txt"));
        Assert.Equal("mine", _repo.Read("base/own.yaml"));
        Assert.False(_repo.Exists("base/a.yaml"));
    }

    [Fact]
    public void Publish_RemovedByHand_IsMadeAgain()
    {
        _repo.Publish(("a.yaml", Text), ("b.yaml", Text));
        _repo.Disk.DeleteFile("/repo/a.yaml");
        _repo.Disk.Add("/repo/b.yaml", "");

        var outcome = _repo.Publish(("a.yaml", Text), ("b.yaml", Text));

        Assert.Equal(2, outcome.Plan!.Count(ChangeKind.Restored));
        Assert.Equal(Text, _repo.Read("a.yaml"));
        Assert.Equal(Text, _repo.Read("b.yaml"));
    }

    [Fact]
    public void Publish_ForeignFilesInTheWay_RefusesAllAndNamesEach()
    {
        _repo.Disk.Add("/repo/a.yaml", "mine").Add("/repo/b.yaml", "mine");
        var before = _repo.Disk.Snapshot("/repo");

        var outcome = _repo.Publish(("a.yaml", Text), ("b.yaml", Text), ("c.yaml", Text));

        Assert.Equal(PublishStatus.Refused, outcome.Status);
        Assert.Equal(["/repo/a.yaml", "/repo/b.yaml"], outcome.Problems.Select(problem => problem.Place!.File));
        Assert.All(outcome.Problems, problem => Assert.Equal(OwnershipCodes.ForeignFile, problem.Code));
        Assert.Equal(before, _repo.Disk.Snapshot("/repo"));
    }

    [Fact]
    public void Publish_FreshCloneWithoutRecord_RecognisesItsOwnFilesWhateverTheLineEnds()
    {
        _repo.Disk.Add("/repo/a.yaml", Text).Add("/repo/b.yaml", Text.Replace("\n", "\r\n", StringComparison.Ordinal));

        var outcome = _repo.Publish(("a.yaml", Text), ("b.yaml", Text));

        Assert.Equal(2, outcome.Plan!.Count(ChangeKind.Adopted));
        Assert.Contains("\r\n", _repo.Read("b.yaml"), StringComparison.Ordinal);
        Assert.False(_repo.Publish(PublishMode.Check, ("a.yaml", Text), ("b.yaml", Text)).Plan!.IsDrift);
    }

    [Fact]
    public void Publish_AdoptingAForeignFile_TreatsItsTextAsAnEdit()
    {
        _repo.Disk.Add("/repo/a.yaml", Text.Replace("info", "debug", StringComparison.Ordinal));

        var outcome = _repo.Publisher.Publish("/repo", [("a.yaml", Text)], PublishMode.Apply, new PublishOptions { AdoptsExisting = true });
        var merged = _repo.Publish(("a.yaml", Text.Replace("fast", "slow", StringComparison.Ordinal)));

        Assert.Equal(ChangeKind.Adopted, PublisherFixture.KindOf(outcome, "a.yaml"));
        Assert.Equal(ChangeKind.Merged, PublisherFixture.KindOf(merged, "a.yaml"));
        Assert.Contains("debug", _repo.Read("a.yaml"), StringComparison.Ordinal);
        Assert.Contains("slow", _repo.Read("a.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x", WorkspaceCodes.PathLeavesTree)]
    [InlineData(".slipway/ownership.json", WorkspaceCodes.PathNotPortable)]
    [InlineData("a.yaml.slipway-new", WorkspaceCodes.PathNotPortable)]
    [InlineData("A.YAML", WorkspaceCodes.PathsCollide)]
    [InlineData("out/x", WorkspaceCodes.LinkInTheWay)]
    public void Publish_BadPath_IsRefused(string path, string code)
    {
        _repo.Disk.AddLink("/repo/out", "/elsewhere").CreateDirectory("/elsewhere");
        var before = _repo.Disk.Snapshot("/");

        var outcome = _repo.Publish(("a.yaml", Text), (path, Text));

        Assert.Equal(PublishStatus.Refused, outcome.Status);
        PublisherFixture.Only(outcome, code);
        Assert.Equal(before, _repo.Disk.Snapshot("/"));
    }

    [Fact]
    public void Publish_OutputIsAFileOrALinkOut_IsRefused()
    {
        _repo.Disk.Add("/repo", "a file").AddLink("/home/user/out", "/elsewhere").CreateDirectory("/elsewhere");

        PublisherFixture.Only(_repo.Publish(("a.yaml", Text)), WorkspaceCodes.WrongKindInTheWay);
        PublisherFixture.Only(
            _repo.Publisher.Publish("/home/user/out", [("a.yaml", Text)], PublishMode.Apply, new PublishOptions { Within = "/home/user" }), WorkspaceCodes.OutputOutside);
        Assert.Empty(_repo.Disk.Snapshot("/elsewhere"));
    }

    [Theory]
    [InlineData("<<<<<<< HEAD\n{", OwnershipCodes.RecordDamaged)]
    [InlineData("{\"format\":1,\"files\":{\"a\":{\"generated\":\"0\",\"lines\":\"abc\"}}}", OwnershipCodes.RecordDamaged)]
    [InlineData("{\"format\":1,\"files\":{\"../../etc/passwd\":{\"generated\":\"0\",\"lines\":\"\"}}}", OwnershipCodes.RecordDamaged)]
    [InlineData("{\"format\":1,\"files\":[]}", OwnershipCodes.RecordDamaged)]
    [InlineData("{\"format\":2}", OwnershipCodes.RecordTooNew)]
    public void Publish_BadRecord_IsRefusedAndNothingChanges(string record, string code)
    {
        _repo.Disk.Add("/repo/.slipway/ownership.json", record);
        var before = _repo.Disk.Snapshot("/repo");

        PublisherFixture.Only(_repo.Publish(("a.yaml", Text)), code);

        Assert.Equal(before, _repo.Disk.Snapshot("/repo"));
    }

    [Fact]
    public void Publish_CrashAtEveryChange_TheNextCommandEndsIt()
    {
        for (var (number, reached) = (0, true); reached; number++)
        {
            var repo = new PublisherFixture();
            repo.Publish(("a.yaml", Text), ("old/b.yaml", Text));
            repo.Edit("a.yaml", "info", "debug");
            (string, string)[] next = [("a.yaml", Text.Replace("fast", "slow", StringComparison.Ordinal)), ("new/c.yaml", Text)];
            var start = repo.Disk.Changes;
            repo.Disk.FailAt(number, DiskFault.Crash);
            try
            {
                repo.Publish(next);
            }
            catch (SimulatedCrashException)
            {
                repo.Disk.Restart();
            }

            reached = repo.Disk.Changes > start + number;
            var outcome = repo.Publish(next);

            Assert.Equal(PublishStatus.Done, outcome.Status);
            Assert.DoesNotContain(outcome.Problems, problem => problem.Severity != Severity.Info);
            Assert.Equal(
                Text.Replace("info", "debug", StringComparison.Ordinal).Replace("fast", "slow", StringComparison.Ordinal), repo.Read("a.yaml"));
            Assert.Equal(
                [".slipway/.gitattributes", ".slipway/.gitignore", ".slipway/ownership.json", "a.yaml", "new/c.yaml"], repo.Disk.EnumerateFiles("/repo"));
            Assert.False(repo.Publish(PublishMode.Check, next).Plan!.IsDrift);
        }
    }
}
