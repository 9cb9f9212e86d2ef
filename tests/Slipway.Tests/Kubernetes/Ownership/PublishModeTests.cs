using Slipway.Kubernetes.Ownership;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Kubernetes.Ownership;

public sealed class PublishModeTests
{
    private const string Text = PublisherFixture.Text;

    private readonly PublisherFixture _repo = new();

    [Fact]
    public void Check_AsGenerated_IsDone()
    {
        _repo.Publish(("a.yaml", Text));

        Assert.Equal(0, Check(("a.yaml", Text)).ExitCode);
    }

    [Fact]
    public void Check_NothingThereYet_IsDriftAndWritesNothing()
    {
        Assert.Equal(PublishStatus.Drift, Check(("a.yaml", Text)).Status);
        Assert.False(_repo.Disk.DirectoryExists("/repo"));
    }

    [Fact]
    public void Check_GeneratorGivesAnotherText_IsDrift()
    {
        _repo.Publish(("a.yaml", Text));

        Assert.Equal(2, Check(("a.yaml", Text + "x: 1\n")).ExitCode);
        Assert.Equal(2, Check().ExitCode);
        Assert.Equal(2, Check(("a.yaml", Text), ("b.yaml", Text)).ExitCode);
    }

    [Fact]
    public void Check_EditedByHand_IsDriftUntilPublishedOnce()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Edit("a.yaml", "info", "debug");

        Assert.Equal(2, Check(("a.yaml", Text)).ExitCode);
        _repo.Publish(("a.yaml", Text));
        Assert.Equal(0, Check(("a.yaml", Text)).ExitCode);
        _repo.Edit("a.yaml", "debug", "trace");
        Assert.Equal(2, Check(("a.yaml", Text)).ExitCode);
    }

    [Fact]
    public void Check_RemovedByHand_IsDrift()
    {
        _repo.Publish(("a.yaml", Text));
        _repo.Disk.DeleteFile("/repo/a.yaml");

        Assert.Equal(2, Check(("a.yaml", Text)).ExitCode);
    }

    [Fact]
    public void Check_EarlierCommandCutOff_IsDriftAndLeavesIt()
    {
        _repo.Publish(("a.yaml", Text));
        for (var number = 0; !_repo.Disk.FileExists("/repo/.slipway/staging/intent.json"); number++)
        {
            _repo.Disk.FailAt(number, DiskFault.Crash);
            Assert.Throws<SimulatedCrashException>(() => _repo.Publish(("a.yaml", Text + "x: 1\n")));
            _repo.Disk.Restart();
        }

        var before = _repo.Disk.Snapshot("/repo");
        var outcome = Check(("a.yaml", Text));

        Assert.Equal(PublishStatus.Drift, outcome.Status);
        PublisherFixture.Only(outcome, OwnershipCodes.Interrupted);
        Assert.Equal(before, _repo.Disk.Snapshot("/repo"));
        Assert.Equal(OwnershipCodes.Interrupted, Assert.Single(_repo.Publisher.Apply(outcome.Plan!)).Code);
    }

    [Fact]
    public void DryRun_Changes_ShowsThemAndWritesNothing()
    {
        _repo.Publish(("a.yaml", Text), ("gone.yaml", "x: 1\n"));
        _repo.Edit("a.yaml", "info", "debug");
        var before = _repo.Disk.Snapshot("/repo");

        var outcome = _repo.Publish(
            PublishMode.DryRun, ("a.yaml", Text.Replace("\"3\"", "\"4\"", StringComparison.Ordinal)), ("new.yaml", "y: 2\n"));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(before, _repo.Disk.Snapshot("/repo"));
        Assert.Equal(
            """
            diff --git a/a.yaml b/a.yaml
            --- a/a.yaml
            +++ b/a.yaml
            @@ -5,4 +5,4 @@
             data:
               LEVEL: debug
               MODE: fast
            -  SIZE: "3"
            +  SIZE: "4"
            diff --git a/gone.yaml b/gone.yaml
            deleted file mode 100644
            --- a/gone.yaml
            +++ /dev/null
            @@ -1 +0,0 @@
            -x: 1
            diff --git a/new.yaml b/new.yaml
            new file mode 100644
            --- /dev/null
            +++ b/new.yaml
            @@ -0,0 +1 @@
            +y: 2

            """,
            outcome.Plan!.Diff());
    }

    [Fact]
    public void Apply_FileChangedSinceThePlan_IsRefused()
    {
        _repo.Publish(("a.yaml", Text));
        var plan = _repo.Publisher.Plan("/repo", [("a.yaml", Text + "x: 1\n")]);
        _repo.Edit("a.yaml", "info", "debug");

        Assert.NotEmpty(_repo.Publisher.Apply(plan));
        Assert.Contains("debug", _repo.Read("a.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_FullDisk_ChangesNothing()
    {
        _repo.Publish(("a.yaml", Text));
        var before = _repo.Disk.Snapshot("/repo");
        _repo.Disk.FailAt(3, DiskFault.DiskFull);

        var outcome = _repo.Publish(("a.yaml", Text + "x: 1\n"), ("b.yaml", Text));

        Assert.Equal(PublishStatus.Refused, outcome.Status);
        Assert.Equal(before, _repo.Disk.Snapshot("/repo"));
    }

    private PublishOutcome Check(params (string Path, string Text)[] files) => _repo.Publish(PublishMode.Check, files);
}
