using Microsoft.Extensions.Logging;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Testing.Time;

namespace Slipway.Coordination.Tests.Hosting;

/// <summary>One builder, one engine: whole, or with all that is wrong.</summary>
public sealed class CoordinationBuilderTests
{
    private static readonly DelegateAgent Idle = new((_, _) => ValueTask.FromResult(StepOutcome.Success));

    private static readonly Plan OneStep = new() { Name = "one", Steps = [new Step { Id = "only", Agent = "idle" }] };

    [Fact]
    public async Task Build_WithAnAgentOnly_GivesAnEngineThatKeepsAllInMemory()
    {
        var coordination = new CoordinationBuilder().AddAgent("idle", (_, _) => ValueTask.FromResult(StepOutcome.Success)).Build();

        var result = await coordination.Engine.StartAsync("run", OneStep);

        Assert.True(result.IsSuccess);
        Assert.IsType<InMemoryJournal>(coordination.Journal);
        Assert.NotNull(await RunProjection.LoadAsync(coordination.Journal, "run"));
        Assert.Same(coordination.Locks, coordination.Options.Locks);
        Assert.Same(coordination.Approvals, coordination.Options.Approvals);
    }

    [Fact]
    public void Build_WithPartsOfOnesOwn_UsesThem()
    {
        var time = new ManualTimeProvider();
        var journal = new InMemoryJournal(time);
        var locks = new InMemoryLockStore(time);

        var coordination = new CoordinationBuilder().UseTime(time).UseJournal(journal).UseLocks(locks).Configure(options => options with { Parallelism = 4 }).Build();

        Assert.Same(journal, coordination.Journal);
        Assert.Same(locks, coordination.Options.Locks);
        Assert.Same(time, coordination.Options.Time);
        Assert.Equal(4, coordination.Options.Parallelism);
    }

    [Fact]
    public void Configure_Twice_GoesOnFromTheFirst()
    {
        var coordination = new CoordinationBuilder()
            .Configure(options => options with { Parallelism = 4 })
            .Configure(options => options with { EngineParallelism = options.Parallelism * 2 })
            .Build();

        Assert.Equal(8, coordination.Options.EngineParallelism);
    }

    [Fact]
    public void Check_OfMuchThatIsWrong_TellsAllOfIt()
    {
        var check = new CoordinationBuilder()
            .Configure(options => options with { Parallelism = 0, LeaseDuration = TimeSpan.Zero, Owner = "", Locks = new InMemoryLockStore() })
            .AddAgent("", Idle)
            .AddAgent("idle", Idle)
            .AddAgent("idle", Idle)
            .AddAgent(new AgentDescriptor { Name = "keen", Priority = 101 }, Idle)
            .Check();

        Assert.Null(check.Services);
        Assert.Equal(
            ["SLW5700", "SLW5700", "SLW5700", "SLW5703", "SLW5701", "SLW5702", "SLW5701"],
            check.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Build_OfWhatIsWrong_ThrowsWithAllOfIt()
    {
        var builder = new CoordinationBuilder().Configure(options => options with { Parallelism = 0, StopGrace = TimeSpan.FromDays(1) });

        var exception = Assert.Throws<InvalidOperationException>(builder.Build);

        Assert.Contains("Parallelism", exception.Message, StringComparison.Ordinal);
        Assert.Contains("StopGrace", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AfterWhatWasWrongIsMended_Builds()
    {
        var builder = new CoordinationBuilder().Configure(options => options with { Parallelism = 0 });
        Assert.Null(builder.Check().Services);

        Assert.NotNull(builder.Configure(options => options with { Parallelism = 1 }).Check().Services);
    }

    [Fact]
    public void Builder_OnceBuilt_IsFrozen()
    {
        var builder = new CoordinationBuilder();
        builder.Build();

        Assert.Throws<InvalidOperationException>(() => builder.AddAgent("idle", Idle));
        Assert.Throws<InvalidOperationException>(() => builder.Configure(options => options));
        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact]
    public async Task UseLogging_ForARunThatFails_LogsItsBeginningItsFailureAndItsEnd()
    {
        using var logs = new RecordingLoggerFactory();
        var coordination = new CoordinationBuilder()
            .UseLogging(logs)
            .AddAgent("idle", (_, _) => ValueTask.FromResult(StepOutcome.Failed(new Failure { Code = "E1", Kind = FailureKind.Permanent, Message = "no" })))
            .Build();

        await coordination.Engine.StartAsync("run", OneStep);

        Assert.Equal(["Slipway.Coordination"], logs.Categories);
        Assert.Equal(
            [
                (LogLevel.Information, "Run run began: one, 1 steps"),
                (LogLevel.Warning, "Run run: step only failed at attempt 1: E1 no"),
                (LogLevel.Error, "Run run ended: failed"),
            ],
            logs.Lines.Where(line => line.Level > LogLevel.Debug));
    }
}
