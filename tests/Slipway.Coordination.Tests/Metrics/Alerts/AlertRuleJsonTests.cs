using System.Buffers;
using System.Text;
using Slipway.Coordination.Metrics.Alerts;

namespace Slipway.Coordination.Tests.Metrics.Alerts;

public sealed class AlertRuleJsonTests
{
    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame()
    {
        AlertRule[] rules = [.. DefaultAlertRules.All, DefaultAlertRules.All[0] with { RuleId = "own", MessageTemplate = "{{{metric_name}}}", Operator = AlertOperator.AtMost }];
        var written = new ArrayBufferWriter<byte>();
        AlertRuleJson.Write(written, rules);

        var read = AlertRuleJson.Read(written.WrittenMemory, out var problems);

        Assert.Empty(problems);
        Assert.Equal(rules, read);
    }

    [Theory]
    [InlineData("{", "SLW5610")]
    [InlineData("{}", "SLW5610")]
    [InlineData("[1]", "SLW5610")]
    [InlineData("""[{"rule_id":"r","metric_name":"m","threshold":1,"operator":"gt","severity":"INFO","color":"red"}]""", "SLW5611 [0].color")]
    [InlineData("""[{"rule_id":"r","rule_id":"s","metric_name":"m","threshold":1,"operator":"gt","severity":"INFO"}]""", "SLW5611 [0].rule_id")]
    [InlineData("""[{"rule_id":"r","threshold":1,"operator":"gt","severity":"INFO"}]""", "SLW5612 [0].metric_name")]
    [InlineData("""[{"rule_id":"r","metric_name":"m","threshold":"1","operator":"gt","severity":"INFO"}]""", "SLW5613 [0].threshold")]
    [InlineData("""[{"rule_id":"r","metric_name":"m","threshold":1e999,"operator":"gt","severity":"INFO"}]""", "SLW5613 [0].threshold")]
    [InlineData("""[{"rule_id":"r","metric_name":"m","threshold":1,"operator":">","severity":"info"}]""", "SLW5613 [0].operator, SLW5613 [0].severity")]
    [InlineData("""[{"rule_id":"","metric_name":"m","threshold":1,"operator":"gt","severity":"INFO"}]""", "SLW5613 [0].rule_id")]
    [InlineData("""[{"rule_id":"r","metric_name":"m","threshold":1,"operator":"gt","severity":"INFO","message_template":"{who}"}]""", "SLW5613 [0].message_template")]
    [InlineData("""[{"rule_id":"r","metric_name":"m","threshold":1,"operator":"gt","severity":"INFO","message_template":"a } b"}]""", "SLW5613 [0].message_template")]
    [InlineData("""[{"rule_id":"r","metric_name":"m","threshold":1,"operator":"gt","severity":"INFO"},{"rule_id":"r","metric_name":"n","threshold":1,"operator":"gt","severity":"INFO"}]""", "SLW5614 [1].rule_id")]
    public void Read_OfAnythingElse_SaysAllThatIsWrong(string json, string expected)
    {
        var rules = AlertRuleJson.Read(Encoding.UTF8.GetBytes(json), out var problems);

        Assert.Empty(rules);
        Assert.Equal(expected, string.Join(", ", problems.Select(problem => $"{problem.Code} {problem.Place?.Path}".TrimEnd())));
    }
}
