using Slipway.Kubernetes.Ownership;

namespace Slipway.Tests.Kubernetes.Ownership;

public sealed class PublishConflictTests
{
    private const string Text = PublisherFixture.Text;
    private const string Side = "a.yaml.slipway-new";

    private static readonly string Warn = Text.Replace("LEVEL: info", "LEVEL: warn", StringComparison.Ordinal);

    private readonly PublisherFixture _repo = new();

    [Fact]
    public void Publish_SameLineChanged_KeepsThePersonsAndPutsTheNewTextBeside()
    {
        var outcome = MakeConflict();

        Assert.Equal(PublishStatus.Conflicts, outcome.Status);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal(Text.Replace("LEVEL: info", "LEVEL: debug", StringComparison.Ordinal), _repo.Read("a.yaml"));
        Assert.Equal(Warn, _repo.Read(Side));
        var problem = PublisherFixture.Only(outcome, OwnershipCodes.Conflict);
        Assert.Equal("/repo/a.yaml:6", problem.Place!.ToString());
        Assert.Equal("you and the generator changed the same line; yours stay", problem.Summary);
        Assert.Equal("the generator's are line 6 of 'a.yaml.slipway-new'", problem.Detail);
    }

    [Fact]
    public void Publish_ConflictNotLookedAt_IsReportedAgainAndWritesNothing()
    {
        MakeConflict();
        var changes = _repo.Disk.Changes;

        var outcome = _repo.Publish(("a.yaml", Warn));

        Assert.Equal(PublishStatus.Conflicts, outcome.Status);
        PublisherFixture.Only(outcome, OwnershipCodes.UnresolvedConflict);
        Assert.Equal(changes, _repo.Disk.Changes);
    }

    [Fact]
    public void Publish_SideFileRemoved_TheConflictIsResolved()
    {
        MakeConflict();
        _repo.Disk.DeleteFile("/repo/" + Side);

        var outcome = _repo.Publish(("a.yaml", Warn));

        Assert.Equal(PublishStatus.Done, outcome.Status);
        Assert.Equal(ChangeKind.Kept, PublisherFixture.KindOf(outcome, "a.yaml"));
        Assert.Empty(outcome.Problems);
        Assert.Contains("debug", _repo.Read("a.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_NewTextTakenOver_RemovesTheSideFile()
    {
        MakeConflict();
        _repo.Disk.Add("/repo/a.yaml", Warn);

        var outcome = _repo.Publish(("a.yaml", Warn));

        Assert.Equal(PublishStatus.Done, outcome.Status);
        Assert.False(_repo.Exists(Side));
    }

    [Fact]
    public void Publish_GeneratorChangesOnWhileInConflict_RenewsTheSideFile()
    {
        MakeConflict();

        var outcome = _repo.Publish(("a.yaml", Warn + "x: 1\n"));

        Assert.Equal(PublishStatus.Conflicts, outcome.Status);
        Assert.Equal(Warn + "x: 1\n", _repo.Read(Side));
        Assert.Equal(Text.Replace("info", "debug", StringComparison.Ordinal) + "x: 1\n", _repo.Read("a.yaml"));
    }

    [Fact]
    public void Publish_MergeIsNotYaml_KeepsThePersonsText()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Edit("a.yaml", "  LEVEL: info\n", "  LEVEL: info\n  EXTRA: mine\n");
        var edited = _repo.Read("a.yaml");
        var generated = Text + "  EXTRA: generated\n";

        var outcome = _repo.Publish(("a.yaml", generated));

        Assert.Equal(PublishStatus.Conflicts, outcome.Status);
        var problem = PublisherFixture.Only(outcome, OwnershipCodes.NotMergeable);
        Assert.Contains("EXTRA", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(edited, _repo.Read("a.yaml"));
        Assert.Equal(generated, _repo.Read(Side));
    }

    [Fact]
    public void Publish_EditIsNotText_KeepsIt()
    {
        _repo.Publish(("a.yaml", Text));
        byte[] binary = [0xFF, 0xFE, 0x00, 0x41];
        _repo.Disk.Add("/repo/a.yaml", binary);

        Assert.Equal(ChangeKind.Kept, PublisherFixture.KindOf(_repo.Publish(("a.yaml", Text)), "a.yaml"));
        var outcome = _repo.Publish(("a.yaml", Warn));

        PublisherFixture.Only(outcome, OwnershipCodes.NotMergeable);
        Assert.Equal(binary, _repo.Disk.ReadAllBytes("/repo/a.yaml"));
        Assert.Equal(Warn, _repo.Read(Side));
    }

    [Fact]
    public void Publish_LinesRemovedByThePerson_StayRemovedWhereNobodyChangedThem()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Edit("a.yaml", "  SIZE: \"3\"\n", "");

        var outcome = _repo.Publish(("a.yaml", Warn));

        Assert.Equal(ChangeKind.Merged, PublisherFixture.KindOf(outcome, "a.yaml"));
        Assert.Equal(Warn.Replace("  SIZE: \"3\"\n", "", StringComparison.Ordinal), _repo.Read("a.yaml"));
    }

    private PublishOutcome MakeConflict()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Edit("a.yaml", "LEVEL: info", "LEVEL: debug");
        return _repo.Publish(("a.yaml", Warn));
    }
}
