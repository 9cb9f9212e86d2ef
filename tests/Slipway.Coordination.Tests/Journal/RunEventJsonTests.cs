using System.Buffers;
using System.Text;
using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Journal;

public sealed class RunEventJsonTests
{
    private static readonly Failure Unavailable = new()
    {
        Code = "SLW5106",
        Kind = FailureKind.Transient,
        Message = "the registry answered 503",
        Detail = "line one\nline two",
        RetryAfter = TimeSpan.FromSeconds(7),
        Source = "registry",
    };

    /// <summary>One of each event, fully filled.</summary>
    public static IReadOnlyList<RunEvent> Samples { get; } =
    [
        new RunStarted("run-1", SamplePlan()) { Priority = 70, DeadlineAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), Parent = new ParentStep("run-0", "s") },
        new RunResumed("host/42") { DeadlineAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero) },
        new RunPaused("submitted") { IsReleased = true },
        new RunFinished(RunStatus.PartiallySucceeded),
        new RollbackStarted("run-1/rollback", "it was wrong"),
        new StepReady("a"),
        new StepStarted("a", 2, IsVerification: true),
        new StepHeartbeat("a", 2, "half way – 50 %", 0.5),
        new StepSucceeded("a", 2, Json("""{"n":1.50,"text":"ümlaut \" < >"}"""), IsDegraded: true),
        new StepFailed("b", 4, Unavailable),
        new StepRetrying("b", 1, Unavailable, TimeSpan.FromMilliseconds(1234)),
        new StepInterrupted("b", 3, "the process ended"),
        new StepSuspended("b", 3, "its sub-run is paused"),
        new StepSkipped("c", 1, "nothing to do"),
        new StepBlocked("d", "b"),
        new StepCancelled("e", "a critical step failed", "b"),
        new StepRecovering("b", 4, Unavailable, "other", "alternative_path", TimeSpan.FromMilliseconds(5), "agent-2", Json("""{"n":2}""")),
        new StepCorrected("b", 5, Json("""{"n":3}""")),
        new StepsAdded("a", 2, SamplePlan().Steps, ["z"]),
        new SubRunStarted("a", 2, "run-1/a/plan"),
        new LockWaiting("a", "x", "run-2", "b"),
        new LockAcquired("a", ["x", "y"], 7),
        new LockReleased("a", ["x", "y"]),
        new ApprovalRequested("a", "run-1/a/1", new ApprovalPolicy { Question = "Go on?", Approvers = ["ops"], Expiry = TimeSpan.FromHours(1) }, Json("""{"diff":"+1"}"""), new DateTimeOffset(2026, 1, 2, 4, 4, 5, 678, TimeSpan.Zero)),
        new ApprovalDecided("a", "run-1/a/1", ApprovalStatus.Approved, new ApprovalDecision { IsApproved = true, By = "ann", Note = "fine", Answer = Json("42") }),
        new CompensationRecorded("a", 2, new CompensationAction { Agent = "undo", Input = Json("""{"id":7}"""), Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(9) } }),
        new CompensationSucceeded("a"),
        new CompensationFailed("b", Unavailable),
        new SignalPublished(new SignalHub(new SignalHubOptions { Time = new ManualTimeProvider() }).Publish("run-1", new SignalDraft(SignalType.StageCompleted, Json("""{"stage":"parse"}"""))).Signal!),
        new StateChanged(new SharedState(new SharedStateOptions { Time = new ManualTimeProvider() }).Propose(new StateBatch().Set("k", Json("null")), "a").Change!),
        new GateUpdated("coverage", GateType.Coverage, 0.85, "tester", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)),
    ];

    [Fact]
    public void Samples_Always_CoverEveryType() => Assert.Equal(RunEventJson.Types, Samples.Select(sample => sample.Type));

    [Fact]
    public void Read_OfWhatWasWritten_GivesTheSameBytesAgain()
    {
        foreach (var sample in Samples)
        {
            var written = Write(sample);
            var read = RunEventJson.Read(written.AsMemory());
            Assert.Equal(sample.GetType(), read.GetType());
            Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(Write(read)));
            Assert.Equal(sample.GetType(), RunEventJson.Read(written.AsSpan()).GetType());
        }
    }

    [Fact]
    public void Write_StepFailed_HasStableNames() => Assert.Equal(
        """{"type":"step_failed","step":"b","attempt":4,"failure":{"code":"SLW5106","kind":"transient","message":"the registry answered 503","detail":"line one\nline two","retry_after_ms":7000,"source":"registry"}}""",
        Encoding.UTF8.GetString(Write(Samples.OfType<StepFailed>().Single())));

    [Fact]
    public void Write_SuccessWithoutOutput_LeavesItOut() =>
        Assert.Equal("""{"type":"step_succeeded","step":"a","attempt":1}""", Encoding.UTF8.GetString(Write(new StepSucceeded("a", 1, default))));

    [Fact]
    public void Write_RunStarted_HoldsTheWholePlanAndItsHash()
    {
        var json = Encoding.UTF8.GetString(Write(Samples[0]));
        Assert.StartsWith("""{"type":"run_started","format":1,"run":"run-1","priority":70,"deadline_at":"2026-01-02T03:04:05.678Z","parent_run":"run-0","parent_step":"s","plan_hash":"sha256:""", json, StringComparison.Ordinal);
        var plan = ((RunStarted)RunEventJson.Read(Encoding.UTF8.GetBytes(json).AsMemory())).Plan;
        Assert.Equal(SamplePlan().ComputeContentHash(), plan.ComputeContentHash());
        Assert.Equal(TimeSpan.FromSeconds(30), plan.Steps[1].Timeouts.Attempt);
        Assert.Equal(OnInterrupted.Verify, plan.Steps[1].OnInterrupted);
        Assert.Equal([new StepDependency("a"), StepDependency.Optional("z")], plan.Steps[1].DependsOn);
        Assert.Equal("generate", plan.Labels["verb"]);
    }

    [Fact]
    public void Write_Entry_BeginsWithSequenceAndTime()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            RunEventJson.Write(writer, new JournalEntry(3, new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.Zero), new StepReady("a")));
        }

        Assert.Equal("""{"seq":3,"at":"2026-01-02T03:04:05.006Z","type":"step_ready","step":"a"}""", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    [Theory]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"step":"a"}""", "'type' is missing")]
    [InlineData("""{"type":"step_flew","step":"a"}""", "'step_flew' is no event")]
    [InlineData("""{"type":"step_started","step":"a"}""", "'attempt' is missing")]
    [InlineData("""{"type":"step_started","step":"a","attempt":"x"}""", "wrong type")]
    [InlineData("""{"type":"run_resumed","format":2,"owner":"x"}""", "format 2")]
    public void Read_OfSomethingElse_SaysWhat(string json, string expected)
    {
        var exception = Assert.ThrowsAny<JsonException>(() => RunEventJson.Read(Encoding.UTF8.GetBytes(json).AsMemory()));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WithUnknownProperty_PassesItOver() =>
        Assert.Equal(new StepReady("a"), RunEventJson.Read("""{"type":"step_ready","step":"a","later":[1]}"""u8));

    private static Plan SamplePlan() => new()
    {
        Name = "sample",
        Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["workspace"] = "w", ["verb"] = "generate" },
        Steps =
        [
            new Step { Id = "a", Agent = "one" },
            new Step
            {
                Id = "b",
                Agent = "two",
                Input = Json("""{"z":1,"a":[true,null,1e3]}"""),
                DependsOn = ["a", StepDependency.Optional("z")],
                Modifies = ["x"],
                Retry = new RetryPolicy { MaxRetries = 5, Factor = 1.5, Jitter = 0 },
                Timeouts = new StepTimeouts { Attempt = TimeSpan.FromSeconds(30), Heartbeat = TimeSpan.FromSeconds(5) },
                Criticality = Criticality.Critical,
                OnInterrupted = OnInterrupted.Verify,
            },
        ],
    };

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static byte[] Write(RunEvent runEvent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RunEventJson.Write(buffer, runEvent);
        return buffer.WrittenSpan.ToArray();
    }
}
