using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Replay;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Replay.RecordedRun;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Replay;

public sealed class RunDiffTests
{
    [Fact]
    public async Task Compare_RunsThatTookOtherTimes_DoNotDiffer()
    {
        var diff = await CompareAsync(
            [Started(StepOf("a")), Start("a"), Success("a", "{\"x\": 1, \"y\": [1.0]}"), new RunFinished(RunStatus.Succeeded)],
            [Started(StepOf("a")), new StepReady("a"), Start("a"), Success("a", "{\"y\":[1],\"x\":1e0}"), new RunFinished(RunStatus.Succeeded)]);

        Assert.False(diff.HasDifferences);
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4)), (diff.DurationA, diff.DurationB));
        Assert.EndsWith("The runs do not differ but in timing.\n", diff.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_OtherPlans_NamesStepsAndFields()
    {
        var diff = await CompareAsync(
            [Started(StepOf("a") with { Input = Json("{\"n\":1}") }, StepOf("b", "ok", "a"), StepOf("old"))],
            [Started(StepOf("a") with { Input = Json("{\"n\":2}"), Criticality = Criticality.Critical }, StepOf("b"), StepOf("new"))]);

        Assert.Equal(["old"], diff.OnlyInA);
        Assert.Equal(["new"], diff.OnlyInB);
        Assert.Equal(
            [
                new FieldChange("a", "$.input.n", "1", "2"),
                new FieldChange("a", "$.criticality", null, "\"critical\""),
                new FieldChange("b", "$.depends_on", "[\"a\"]", null),
            ],
            diff.Plan);
    }

    [Fact]
    public async Task Compare_OtherLabels_NamesEach()
    {
        var plan = PlanOf(StepOf("a"));
        var diff = await CompareAsync(
            [new RunStarted("x", plan with { Labels = new Dictionary<string, string> { ["verb"] = "up", ["env"] = "dev" } })],
            [new RunStarted("x", plan with { Name = "other", Labels = new Dictionary<string, string> { ["verb"] = "up" } })]);

        Assert.Equal([new FieldChange(null, "name", "test", "other"), new FieldChange(null, "labels.env", "dev", null)], diff.Plan);
    }

    [Fact]
    public async Task Compare_OtherOutcome_NamesStateAttemptAndFailure()
    {
        var diff = await CompareAsync(
            [Started(StepOf("a"), StepOf("b", "ok", "a")), Start("a"), Success("a", "1"), Start("b"), Success("b", "2"), new RunFinished(RunStatus.Succeeded)],
            [Started(StepOf("a"), StepOf("b", "ok", "a")), Start("a"), new StepFailed("a", 1, Permanent), new StepBlocked("b", "a"), new RunFinished(RunStatus.Failed)]);

        Assert.Equal(
            [
                "status: succeeded -> failed",
                "a state: succeeded -> failed", "a failure.code: - -> test", "a failure.kind: - -> permanent", "a failure.message: - -> never",
                "b state: succeeded -> blocked", "b attempt: 1 -> 0", "b cause: - -> a",
            ],
            diff.Outcome.Select(change => change.ToString()));
        Assert.Equal([new FieldChange("a", "$", "1", null), new FieldChange("b", "$", "2", null)], diff.Outputs);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""", "$.a: 1 -> 2")]
    [InlineData("""{"a":1}""", """{"b":1}""", "$.a: 1 -> -|$.b: - -> 1")]
    [InlineData("""[1,2,3]""", """[1,3]""", "$[1]: 2 -> 3|$[2]: 3 -> -")]
    [InlineData("""{"a b":{"it's":null}}""", """{"a b":{"it's":false}}""", """$['a b']['it\'s']: null -> false""")]
    [InlineData("""{"a":[]}""", """{"a":{}}""", "$.a: [] -> {}")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", "$.a: \"1\" -> 1")]
    [InlineData("""{"a":null}""", """{}""", "$.a: null -> -")]
    public async Task Compare_Outputs_NamesTheirDifferencesByPath(string a, string b, string expected)
    {
        var diff = await CompareAsync([Started(StepOf("a")), Success("a", a)], [Started(StepOf("a")), Success("a", b)]);

        Assert.Equal(expected.Split('|'), diff.Outputs.Select(change => (change with { StepId = null }).ToString()));
    }

    [Fact]
    public async Task Compare_OutputWithTooManyDifferences_CountsTheRest()
    {
        var diff = await CompareAsync(
            [Started(StepOf("a"), StepOf("b")), Success("a", List(0, 1200)), Success("b", "1")],
            [Started(StepOf("a"), StepOf("b")), Success("a", List(1, 1200)), Success("b", "2")]);

        Assert.Equal((1001, 200), (diff.Outputs.Count, diff.Omitted));
        Assert.Contains("and 200 more differences", diff.ToString(), StringComparison.Ordinal);

        static string List(int first, int count) => $"[{string.Join(',', Enumerable.Range(first, count))}]";
    }

    [Fact]
    public async Task Compare_AnotherOrderOfStarts_IsToldButNoDifference()
    {
        var steps = new[] { StepOf("a"), StepOf("b"), StepOf("c") };
        var diff = await CompareAsync([Started(steps), Start("a"), Start("b"), Start("c")], [Started(steps), Start("a"), Start("c"), Start("b")]);

        Assert.Equal((2, false), (diff.FirstOtherStart, diff.HasDifferences));
        Assert.Equal(new StepTiming("b", 2, 3, null, null), diff.Timings[1]);
    }

    [Fact]
    public async Task Compare_AtEarlierPlaces_ComparesTheRunsAsTheyWere()
    {
        var a = await ReplayAsync("x", [Started(StepOf("a")), Start("a"), Success("a", "1")]);
        var b = await ReplayAsync("y", [Started(StepOf("a")), Start("a"), new StepFailed("a", 1, Permanent)]);
        Assert.True(RunDiff.Compare(a, b).HasDifferences);

        a.MoveTo(2);
        b.MoveTo(2);

        Assert.False(RunDiff.Compare(a, b).HasDifferences);
    }

    [Fact]
    public async Task Write_InAnotherCulture_GivesTheSameJsonAndText()
    {
        var (here, there) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        there.NumberFormat.NumberDecimalSeparator = ",";
        var diff = await CompareAsync(
            [Started(StepOf("a")), Start("a"), Success("a", "1"), new RunFinished(RunStatus.Succeeded)],
            [Started(StepOf("a")), Start("a"), new StepHeartbeat("a", 1, null, 0.5), Success("a", "2"), new RunFinished(RunStatus.Succeeded)]);
        var expected = (JsonOf(diff), diff.ToString());
        try
        {
            CultureInfo.CurrentCulture = there;
            Assert.Equal(expected, (JsonOf(diff), diff.ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }

        Assert.Equal(
            """{"a":{"run":"run-1","duration_ms":3000},"b":{"run":"run-2","duration_ms":4000},"differs":true,"outputs":[{"step":"a","field":"$","a":"1","b":"2"}],"timings":[{"step":"a","order_a":1,"order_b":1,"duration_a_ms":1000,"duration_b_ms":2000}]}""",
            expected.Item1);
        Assert.Equal(
            "a: run-1 took 3.000 s\nb: run-2 took 4.000 s\n\nOutputs:\n  a $: 1 -> 2\n\nDurations that differ most:\n  a: 1.000 s -> 2.000 s\n",
            expected.Item2);
    }

    private static string JsonOf(RunDiff diff)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) diff.Write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static RunStarted Started(params Step[] steps) => new("x", PlanOf(steps));

    private static StepStarted Start(string step) => new(step, 1);

    private static StepSucceeded Success(string step, string output) => new(step, 1, Json(output));

    private static async Task<RunDiff> CompareAsync(RunEvent[] a, RunEvent[] b) => RunDiff.Compare(await ReplayAsync("run-1", a), await ReplayAsync("run-2", b));
}
