using System.Buffers;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Recovery;

namespace Slipway.Coordination.Tests.Recovery;

public sealed class RecoveryPolicyTests
{
    private static readonly RecoveryPolicy Whole = RecoveryPolicy.Of(
        new RecoveryRule { Name = "again", Priority = 9, Codes = ["E1"], Kinds = [FailureKind.Transient], Pattern = "busy", MaxUses = 2, Strategy = new RetryRecovery { MaxRetries = 1, Delay = TimeSpan.FromSeconds(30) } },
        new RecoveryRule { Name = "spare", Strategy = new AlternativePath { Agent = "spare", Input = Json("""{"small":true}""") } },
        new RecoveryRule { Name = "less", Strategy = new GracefulDegradation { Output = Json("[]"), Note = "no report" } },
        new RecoveryRule { Name = "mend", Strategy = new ErrorCorrection { Agent = "mender" } },
        new RecoveryRule { Name = "ask", Priority = 1, Strategy = new Escalation { To = ["ops"], Question = "Try again?", Expiry = TimeSpan.FromHours(1) } });

    [Fact]
    public void Json_EveryStrategy_ComesBackAsItWas()
    {
        var check = RecoveryPolicyJson.Read(Json(Write(Whole)));

        Assert.Empty(check.Problems);
        Assert.Equal(Write(Whole), Write(check.Policy!));
        Assert.Equal("""{"rules":[{"name":"again","priority":9,"codes":["E1"],"kinds":["transient"],"pattern":"busy","max_uses":2,"strategy":"retry","max_retries":1,"delay_ms":30000},""" +
            """{"name":"spare","strategy":"alternative_path","agent":"spare","input":{"small":true}},""" +
            """{"name":"less","strategy":"graceful_degradation","output":[],"note":"no report"},""" +
            """{"name":"mend","strategy":"error_correction","agent":"mender"},""" +
            """{"name":"ask","priority":1,"strategy":"escalation","to":["ops"],"question":"Try again?","expiry_ms":3600000}]}""", Write(Whole));
    }

    [Fact]
    public void Agents_OfAPolicy_AreThoseItsRulesCall() => Assert.Equal(["mender", "spare"], Whole.Agents);

    [Fact]
    public void Read_ManyProblems_ReportsAllWithTheirPaths()
    {
        var check = RecoveryPolicyJson.Read(Json("""
            {"rules": [
              {"name": "a", "strategy": "retry", "max_retrys": 3, "priority": "high"},
              {"name": 5, "strategy": "pray"},
              {"strategy": "escalation", "to": "ops", "question": "?"},
              {"name": "b", "strategy": "error_correction", "kinds": ["bad"]},
              7
            ], "version": 1}
            """));

        Assert.Null(check.Policy);
        Assert.Equal(
            [
                "SLW5566 rules[0].priority", "SLW5564 rules[0].max_retrys", "SLW5566 rules[1].name", "SLW5567 rules[1].strategy", "SLW5565 rules[2].name",
                "SLW5566 rules[2].to", "SLW5567 rules[3].kinds[0]", "SLW5565 rules[3].agent", "SLW5566 rules[4]", "SLW5564 version",
            ],
            check.Problems.Select(problem => $"{problem.Code} {problem.Place!.Path}"));
    }

    [Fact]
    public void Read_InsideADocument_PathsBeginThere()
    {
        var check = RecoveryPolicyJson.Read(Json("""{"rules": [{"name": "a", "strategy": "retry", "max_retries": 0}]}"""), "steps[3].recovery");

        Assert.Equal("steps[3].recovery.rules[0].max_retries", Assert.Single(check.Problems).Place!.Path);
    }

    [Fact]
    public void Read_NotAnObject_IsOneProblem() => Assert.Equal("SLW5566", Assert.Single(RecoveryPolicyJson.Read(Json("[]")).Problems).Code);

    [Fact]
    public void Read_FieldTwice_IsAProblem() =>
        Assert.Contains(RecoveryPolicyJson.Read(Json("""{"rules": [], "rules": []}""")).Problems, problem => problem.Code == "SLW5567");

    [Fact]
    public void Create_ManyProblems_ReportsAll()
    {
        var less = new GracefulDegradation();
        var check = RecoveryPolicy.Create(
        [
            new RecoveryRule { Name = "", Strategy = less },
            new RecoveryRule { Name = "a", Priority = 0, Strategy = less },
            new RecoveryRule { Name = "a", Priority = 11, MaxUses = 0, Strategy = less },
            new RecoveryRule { Name = "b", Pattern = "(", Strategy = new RetryRecovery { MaxRetries = 0, Delay = TimeSpan.FromDays(2) } },
            new RecoveryRule { Name = "c", Strategy = new Escalation { To = [], Question = " ", Expiry = TimeSpan.Zero } },
            new RecoveryRule { Name = "d", Strategy = new AlternativePath { Agent = "" } },
        ]);

        Assert.Null(check.Policy);
        Assert.Equal(
            [
                "SLW5560 rules[0].name", "SLW5561 rules[1].priority", "SLW5560 rules[2].name", "SLW5561 rules[2].priority", "SLW5561 rules[2].max_uses",
                "SLW5562 rules[3].pattern", "SLW5561 rules[3].max_retries", "SLW5561 rules[3].delay_ms", "SLW5563 rules[4].to", "SLW5563 rules[4].question", "SLW5561 rules[4].expiry_ms",
                "SLW5563 rules[5].agent",
            ],
            check.Problems.Select(problem => $"{problem.Code} {problem.Place!.Path}"));
    }

    [Fact]
    public void Of_RulesWithProblems_IsMisuse() =>
        Assert.Throws<ArgumentException>(() => RecoveryPolicy.Of(new RecoveryRule { Name = "", Strategy = new GracefulDegradation() }));

    private static string Write(RecoveryPolicy policy)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RecoveryPolicyJson.Write(buffer, policy);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
