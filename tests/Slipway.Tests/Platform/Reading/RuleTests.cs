using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;
using Slipway.Platform.Reading;

namespace Slipway.Tests.Platform.Reading;

public sealed class RuleTests
{
    [Theory]
    [InlineData("0 3 * * *")]
    [InlineData("*/5 0-6/2 1,15 jan-mar MON-FRI")]
    [InlineData("@hourly")]
    public void Check_Schedule_IsFine(string text) => Assert.Null(CronSchedule.Check(text));

    [Theory]
    [InlineData("0 3 * *")]
    [InlineData("0 24 * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * * 7")]
    [InlineData("@often")]
    [InlineData("a * * * *")]
    [InlineData("")]
    public void Check_NoSchedule_IsRefused(string text) => Assert.NotNull(CronSchedule.Check(text));

    [Theory]
    [InlineData("nginx", false)]
    [InlineData("shop/web-ui", false)]
    [InlineData("docker.io/library/nginx", true)]
    [InlineData("localhost/nginx", true)]
    [InlineData("registry:5000/nginx", true)]
    public void IsFull_Repository_FollowsDockersRule(string repository, bool expected) => Assert.Equal(expected, ImageReader.IsFull(repository));

    [Theory]
    [InlineData("prot", "port")]
    [InlineData("backned", "backend")]
    [InlineData("READINESS", "readiness")]
    [InlineData("zzz", null)]
    public void Closest_Word_IsWhatWasMeant(string word, string? expected) =>
        Assert.Equal(expected, Suggestion.Closest(word, ["port", "ports", "backend", "readiness"]));
}
