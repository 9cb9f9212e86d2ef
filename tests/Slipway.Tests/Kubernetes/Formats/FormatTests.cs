using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;

namespace Slipway.Tests.Kubernetes.Formats;

public sealed class FormatTests
{
    [Theory]
    [InlineData("250m", 0.25)]
    [InlineData("1", 1)]
    [InlineData("1.5", 1.5)]
    [InlineData(".5", 0.5)]
    [InlineData("2e3", 2000)]
    [InlineData("64Mi", 67108864)]
    [InlineData("1G", 1000000000)]
    [InlineData("-1", -1)]
    [InlineData("+1Gi", 1073741824)]
    public void Quantity_ThatIsOne_HasItsAmount(string text, double amount) => Assert.Equal((decimal)amount, Quantity.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("half")]
    [InlineData("64MB")]
    [InlineData("64 Mi")]
    [InlineData("1,5")]
    [InlineData("m")]
    [InlineData("9e99")]
    [InlineData("1gi")]
    [InlineData("1e")]
    [InlineData("1\n")]
    public void Quantity_ThatIsNone_IsNull(string text) => Assert.Null(Quantity.Parse(text));

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("0 3 1,15 jan-mar MON-FRI")]
    [InlineData("0-30/10 * ? * 0")]
    [InlineData("@hourly")]
    [InlineData("@every 1h")]
    public void Schedule_ThatIsOne_HasNoProblem(string schedule) => Assert.Null(CronSchedule.Check(schedule));

    [Theory]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 7")]
    [InlineData("*/0 * * * *")]
    [InlineData("30-10 * * * *")]
    [InlineData("@often")]
    [InlineData("TZ=UTC * * * * *")]
    public void Schedule_ThatIsNone_HasAProblem(string schedule) => Assert.NotNull(CronSchedule.Check(schedule));

    [Theory]
    [InlineData("replica", "replicas")]
    [InlineData("Replicas", "replicas")]
    [InlineData("teplate", "template")]
    [InlineData("slector", "selector")]
    [InlineData("banana", null)]
    public void Suggestion_ForAWord_IsWhatWasMeant(string word, string? meant) => Assert.Equal(meant, Suggestion.Closest(word, ["replicas", "selector", "strategy", "template"]));

    [Theory]
    [InlineData("a", true)]
    [InlineData("web-1", true)]
    [InlineData("Web", false)]
    [InlineData("-web", false)]
    [InlineData("web-", false)]
    [InlineData("web_1", false)]
    [InlineData("a.b", false)]
    [InlineData("", false)]
    public void Label_OfDns_FollowsTheRule(string text, bool valid) => Assert.Equal(valid, Names.IsLabel(text));

    [Theory]
    [InlineData("app.kubernetes.io/name", true)]
    [InlineData("tier", true)]
    [InlineData("a/b/c", false)]
    [InlineData("/name", false)]
    [InlineData("my tier", false)]
    public void LabelKey_OfAnObject_FollowsTheRule(string text, bool valid) => Assert.Equal(valid, Names.IsLabelKey(text));
}
