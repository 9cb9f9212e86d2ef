using Slipway.Documents.Reading;
using Slipway.Platform.Reading;

namespace Slipway.Tests.Platform.Reading;

public sealed class RuleTests
{
    [Theory]
    [InlineData("100m", "0.1")]
    [InlineData("1.5", "1.5")]
    [InlineData(".5", "0.5")]
    [InlineData("128Mi", "134217728")]
    [InlineData("1k", "1000")]
    [InlineData("1m", "0.001")]
    [InlineData("2e3", "2000")]
    [InlineData("+1Gi", "1073741824")]
    public void TryParse_Quantity_IsItsAmount(string text, string amount)
    {
        Assert.True(Quantity.TryParse(text, out var parsed));
        Assert.Equal(decimal.Parse(amount), parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1 Gi")]
    [InlineData("1gi")]
    [InlineData("-1")]
    [InlineData("1e")]
    [InlineData("1\n")]
    public void TryParse_NoQuantity_IsRefused(string text) => Assert.False(Quantity.TryParse(text, out _));

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
