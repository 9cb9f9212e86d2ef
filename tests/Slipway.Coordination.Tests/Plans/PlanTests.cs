using Slipway.Coordination.Plans;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Plans;

public sealed class PlanTests
{
    [Fact]
    public void ComputeContentHash_SameContent_IsTheSameAndStable() => Assert.Equal(
        "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("""{"name":"test","steps":[{"id":"a","agent":"ok"}]}"""u8)),
        PlanOf(StepOf("a")).ComputeContentHash());

    [Fact]
    public void ComputeContentHash_LabelsInAnotherOrder_IsTheSame()
    {
        var one = PlanOf(StepOf("a")) with { Labels = new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" } };
        var two = PlanOf(StepOf("a")) with { Labels = new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" } };

        Assert.Equal(one.ComputeContentHash(), two.ComputeContentHash());
    }

    [Fact]
    public void ComputeContentHash_AnythingElse_IsAnother()
    {
        var step = StepOf("a");
        Plan[] plans =
        [
            PlanOf(step), PlanOf(step with { Agent = "x" }), PlanOf(step with { Input = Json("1") }), PlanOf(step with { Modifies = ["x"] }),
            PlanOf(step with { Criticality = Criticality.Critical }), PlanOf(step with { OnInterrupted = OnInterrupted.Fail }),
            PlanOf(step with { Retry = RetryPolicy.None }), PlanOf(step with { Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(1) } }),
            PlanOf(step, StepOf("b")), PlanOf(step, StepOf("b", "ok", "a")), PlanOf(step, StepOf("b", "ok", StepDependency.Optional("a"))),
        ];

        Assert.Equal(plans.Length, plans.Select(plan => plan.ComputeContentHash()).Distinct().Count());
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 2000)]
    [InlineData(3, 4000)]
    [InlineData(20, 300_000)]
    public void DelayBefore_WithoutJitter_DoublesUpToTheLimit(int retry, double milliseconds) =>
        Assert.Equal(milliseconds, (RetryPolicy.Default with { Jitter = 0 }).DelayBefore(retry, null, new Random(1)).TotalMilliseconds);
}
