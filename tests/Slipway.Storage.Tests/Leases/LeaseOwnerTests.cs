using System.Diagnostics;
using Slipway.Storage.Leases;

namespace Slipway.Storage.Tests.Leases;

public sealed class LeaseOwnerTests
{
    private readonly LocalProcessProbe _probe = new();

    [Fact]
    public void ToString_ThisProcess_ReadsBackAsTheSame()
    {
        var text = LeaseOwner.Current.ToString();

        Assert.StartsWith($"{Environment.MachineName}/{Environment.ProcessId}/", text, StringComparison.Ordinal);
        Assert.Equal(LeaseOwner.Current, LeaseOwner.TryParse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host/12")]
    [InlineData("host/twelve/x")]
    [InlineData("/12/x")]
    [InlineData("host/12/")]
    [InlineData("host/-12/x")]
    [InlineData("a/b/12/x")]
    public void TryParse_NoOwner_GivesNull(string text) => Assert.Null(LeaseOwner.TryParse(text));

    [Fact]
    public void Probe_ThisProcess_IsAlive() => Assert.Equal(OwnerState.Alive, _probe.Probe(LeaseOwner.Current.ToString()));

    [Fact]
    public void Probe_NumberTakenByAnotherProcess_IsDead()
    {
        var here = LeaseOwner.Current;
        var earlier = here with { Birth = here.Birth[..(here.Birth.LastIndexOf('-') + 1)] + "1" };

        Assert.Equal(OwnerState.Dead, _probe.Probe(earlier.ToString()));
    }

    [Fact]
    public void Probe_OtherMachineOrSpaceOrNoProcess_IsUnknown()
    {
        var here = LeaseOwner.Current;

        Assert.Equal(OwnerState.Unknown, _probe.Probe((here with { Host = "elsewhere" }).ToString()));
        Assert.Equal(OwnerState.Unknown, _probe.Probe((here with { Birth = "unknown" }).ToString()));
        Assert.Equal(OwnerState.Unknown, _probe.Probe("somebody"));
        if (OperatingSystem.IsLinux()) Assert.Equal(OwnerState.Unknown, _probe.Probe((here with { Birth = "otherboot-1-1" }).ToString()));
    }

    [Fact]
    public async Task Probe_ProcessThatEnds_IsAliveThenDead()
    {
        using var child = Process.Start(new ProcessStartInfo("sleep", "60"))!;
        var birth = ProcessBirth.Find(child.Id);
        Assert.NotNull(birth);
        var owner = new LeaseOwner(Environment.MachineName, child.Id, birth).ToString();
        Assert.Equal(OwnerState.Alive, _probe.Probe(owner));

        child.Kill();
        await child.WaitForExitAsync();

        Assert.Equal(OwnerState.Dead, _probe.Probe(owner));
    }
}
