using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using static Slipway.Coordination.Tests.Runs.TestRun;

namespace Slipway.Coordination.Tests.Runs;

/// <summary>Agents that break the rules harm their own step at most: never the run, and never its journal.</summary>
public sealed class UnrulyAgentTests
{
    private static readonly RetryPolicy Exact = RetryPolicy.Default with { Jitter = 0 };

    public static TheoryData<string> Misdeeds => [.. Deeds.Keys];

    private static Dictionary<string, Func<StepContext, StepOutcome>> Deeds { get; } = new(StringComparer.Ordinal)
    {
        ["gives no outcome"] = _ => null!,
        ["fails without a failure"] = _ => StepOutcome.Failed(null!),
        ["fails without a code"] = _ => StepOutcome.Failed(Permanent with { Code = null! }),
        ["fails without a message"] = _ => StepOutcome.Failed(Permanent with { Message = null! }),
        ["skips without a reason"] = _ => StepOutcome.Skipped(null!),
        ["gives an output that is gone"] = _ =>
        {
            using var document = JsonDocument.Parse("""{"n":1}""");
            return StepOutcome.Succeeded(document.RootElement);
        },
        ["throws"] = _ => throw new InvalidOperationException("a bug"),
        ["throws a cancellation of its own"] = _ => throw new OperationCanceledException("a bug"),
        ["throws an exception without a message"] = _ => throw new SilentException(),
        ["reads an output that is none of its business"] = context => StepOutcome.Succeeded(context.OutputOf("other")!.Value),
    };

    [Theory]
    [MemberData(nameof(Misdeeds))]
    public async Task Run_AgentThat_FailsItsStepOnly(string misdeed)
    {
        foreach (var isInline in new[] { false, true })
        {
            var test = new TestRun().With("unruly", (context, _) => ValueTask.FromResult(Deeds[misdeed](context)), isInline);

            var result = await test.StartAsync(StepOf("a", "unruly"), StepOf("other"), StepOf("b", "ok", "a"));

            Assert.Equal((StepState.Failed, StepState.Succeeded, StepState.Blocked), (result.Run!["a"].State, result.Run["other"].State, result.Run["b"].State));
            Assert.All(await test.EventsAsync(), AssertReadable);
        }
    }

    [Fact]
    public async Task Output_ReadFromADocumentThatIsDisposedLater_Stays()
    {
        var document = JsonDocument.Parse("""{"n":1}""");
        var test = new TestRun().With("reads", _ => StepOutcome.Succeeded(document.RootElement)).With("disposes", _ =>
        {
            document.Dispose();
            return StepOutcome.Success;
        });

        var result = await test.StartAsync(StepOf("a", "reads"), StepOf("b", "disposes", "a"));

        Assert.Equal(1, result.Run!["a"].Output.GetProperty("n").GetInt32());
        Assert.All(await test.EventsAsync(), AssertReadable);
    }

    [Fact]
    public async Task Output_AsDeepAsAReaderGoes_StaysReadable()
    {
        // As deep as a reader goes unless told otherwise.
        var nested = Json(new string('[', 64) + new string(']', 64));
        var test = new TestRun().With("deep", context => StepOutcome.Succeeded(context.Input));

        await test.StartAsync(StepOf("a", "deep") with { Input = nested });

        Assert.All(await test.EventsAsync(), AssertReadable);
    }

    [Theory]
    [InlineData(double.NaN, null)]
    [InlineData(double.PositiveInfinity, null)]
    [InlineData(-1, 0.0)]
    [InlineData(2, 1.0)]
    public async Task Report_ShareThatIsNone_DoesNotSpoilTheJournal(double fraction, double? expected)
    {
        var reported = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        var test = new TestRun(new RunOptions
        {
            Observers = [new RecordingObserver(entry =>
            {
                if (entry.Event is StepSucceeded { StepId: "b" }) told.SetResult();
            })],
        });
        test.With("reports", async (context, _) =>
        {
            context.Report("at it", fraction);
            reported.SetResult();
            await told.Task;
            return StepOutcome.Success;
        });
        test.With("waits", async (_, _) =>
        {
            await reported.Task;
            return StepOutcome.Success;
        });

        Assert.True((await test.StartAsync(StepOf("a", "reports"), StepOf("b", "waits"))).IsSuccess);

        var events = await test.EventsAsync();
        Assert.All(events, AssertReadable);
        Assert.Equal(expected, Assert.Single(events.OfType<StepHeartbeat>()).Fraction);
    }

    [Fact]
    public async Task Failure_WithHalfACharacter_StaysReadable()
    {
        var test = new TestRun().With("cuts", _ => StepOutcome.Failed(Permanent with { Message = "cut \ud83d", Detail = "\ude80 off" }));

        var result = await test.StartAsync(StepOf("a", "cuts"));

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.All(await test.EventsAsync(), AssertReadable);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(-5)]
    public async Task Retry_AfterALongOrNegativeTime_WaitsADayAtMost(int days)
    {
        var test = new TestRun(new RunOptions { LeaseDuration = TimeSpan.FromHours(1) });
        test.With("asks", context => context.Attempt == 1 ? StepOutcome.Failed(Transient with { RetryAfter = TimeSpan.FromDays(days) }) : StepOutcome.Success);

        var result = await test.ToEndAsync(test.StartAsync(StepOf("a", "asks") with { Retry = Exact }));

        Assert.True(result.IsSuccess);
        var delay = Assert.Single((await test.EventsAsync()).OfType<StepRetrying>()).Delay;
        Assert.Equal(days < 0 ? TimeSpan.FromSeconds(1) : TimeSpan.FromDays(1), delay);
    }

    private static void AssertReadable(RunEvent runEvent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        RunEventJson.Write(buffer, runEvent);
        Assert.Equal(runEvent.Type, RunEventJson.Read(buffer.WrittenMemory).Type);
        Assert.Equal(runEvent.Type, RunEventJson.Read(buffer.WrittenSpan).Type);
    }

    private sealed class SilentException : Exception
    {
        public override string Message => null!;
    }
}
