using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.Tests.Runs;
using Slipway.Coordination.Workflows;
using Slipway.Testing.Time;
using static Slipway.Coordination.Tests.Workflows.TestWorkflow;

namespace Slipway.Coordination.Tests.Workflows;

/// <summary>A workflow goes on in another process where it stood.</summary>
public sealed class WorkflowResumeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resume_AfterItsProcessDiedAtAnyAppend_GoesOnWithContextsAndWhatWasTold(bool isWritten)
    {
        for (var cutAt = 2; ; cutAt++)
        {
            var clock = new ManualTimeProvider();
            var journal = new InMemoryJournal(clock);
            var cutting = new CuttingJournal(journal, cutAt, isWritten);
            using var first = new TestWorkflow(journal: cutting);
            var contexts = new List<AgentContext?>();
            WithAgents(first, contexts);
            var whole = await first.ToEndAsync(first.Coordinator.CoordinateAsync("build", Assign(("models", []), ("tests", ["models"]), ("package", ["tests"]))));
            if (cutting.Appends < cutAt)
            {
                Assert.True(whole.IsSuccess, whole.Error);
                break;
            }

            Assert.Equal("SLW5114", whole.Run.Problems[0].Code);
            clock.Advance(TimeSpan.FromMinutes(1));
            contexts.Clear();
            using var second = new TestWorkflow(journal: journal);
            WithAgents(second, contexts);
            // By the workflow's id: the newest run of it.
            var result = await second.ToEndAsync(second.Coordinator.ResumeAsync("build"));

            Assert.True(result.IsSuccess, result.Error);
            Assert.Equal(("build", "build-00000001", 3, 2), (result.WorkflowId, result.CoordinationId, result.ContextsDistributed, result.DependenciesResolved));
            Assert.All(contexts, package => Assert.Equal(1, package!.SharedIntelligence.TypeRegistry["User"].GetInt32()));
            var events = await second.EventsAsync(result.CoordinationId);
            Assert.Equal(5, events.OfType<StepSucceeded>().Select(succeeded => succeeded.StepId).Distinct().Count());
            Assert.Equal(5, events.OfType<StepSucceeded>().Count());
            var signals = await second.SignalsAsync(result.CoordinationId);
            Assert.Equal(Enumerable.Range(1, signals.Count).Select(position => (long)position), signals.Select(signal => signal.Position));
            Assert.Equal(signals.Count, result.SignalsSent);
            Assert.Equal(["models", "package", "tests"], signals.Select(signal => signal.Payload).OfType<AgentCompleted>().Select(completed => completed.AgentId).Distinct().Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Resume_PausedWhileAnAgentWaits_WaitsAgainAndGoesOn()
    {
        using var pause = new CancellationTokenSource();
        using var test = new TestWorkflow().With("deploy");
        var options = new WorkflowOptions { Resources = ["database"], Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["deploy"] = [Dependency.OnResource("database")] } };
        var workflow = test.Coordinator.CoordinateAsync("build", Assign(("deploy", [])), options: options, cancellationToken: pause.Token);
        await UntilWaitingAsync(test);
        await pause.CancelAsync();

        var paused = await test.ToEndAsync(workflow);
        Assert.Equal((RunStatus.Paused, "the workflow is paused; resume it"), (paused.Run.Status, paused.Error));
        Assert.Equal(DependencyStatus.Pending, Assert.Single(paused.DependencyDetails).Status);

        var resumed = test.Coordinator.ResumeAsync(paused.CoordinationId);
        test.Coordinator.MarkResourceAvailable("database");
        Assert.True((await test.ToEndAsync(resumed)).IsSuccess);
        Assert.Equal(["deploy"], test.Run.Calls);
    }

    [Fact]
    public async Task Drain_WhileAnAgentWaits_DoesNotHoldThePauseUp()
    {
        using var test = new TestWorkflow().With("deploy");
        var options = new WorkflowOptions { Resources = ["database"], Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["deploy"] = [Dependency.OnResource("database")] } };
        var workflow = test.Coordinator.CoordinateAsync("build", Assign(("deploy", [])), options: options);
        await UntilWaitingAsync(test);

        var paused = await test.Engine.PauseAsync("build-00000001", PauseMode.Drain, "maintenance");

        Assert.Equal(RunStatus.Paused, paused.Status);
        Assert.Equal(RunStatus.Paused, (await workflow).Run.Status);
        test.Coordinator.MarkResourceAvailable("database");
        Assert.True((await test.ToEndAsync(test.Coordinator.ResumeAsync("build-00000001"))).IsSuccess);
    }

    [Fact]
    public async Task Resume_ByTheEngineAlone_IsTheSameWorkflow()
    {
        using var pause = new CancellationTokenSource();
        using var test = new TestWorkflow();
        test.With("models", async (context, token) =>
        {
            if (context.Attempt == 1)
            {
                await pause.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            }

            return AgentContextJson.Read(context.Input).Value is null ? StepOutcome.Failed(TestRun.Permanent) : StepOutcome.Success;
        });
        await test.ToEndAsync(test.Coordinator.CoordinateAsync("build", Assign(("models", [])), cancellationToken: pause.Token));

        var run = await test.Run.ToEndAsync(test.Engine.ResumeAsync("build-00000001"));

        Assert.True(run.IsSuccess);
        Assert.True((await test.Coordinator.FindResultAsync("build-00000001"))!.IsSuccess);
    }

    [Fact]
    public async Task DependencyStatus_WhileOneWaitsAndAfter_IsToldByItsId()
    {
        using var test = new TestWorkflow().With("deploy").With("models");
        var options = new WorkflowOptions { Resources = ["database"], Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["deploy"] = [Dependency.OnResource("database")] } };
        var workflow = test.Coordinator.CoordinateAsync("build", Assign(("models", []), ("deploy", ["models"])), options: options);
        await UntilWaitingAsync(test);

        Assert.Equal(DependencyStatus.InProgress, Assert.Single(await test.Coordinator.CheckDependencyStatusAsync("build-00000001", "database")).Status);
        test.Coordinator.MarkResourceAvailable("database");
        await test.ToEndAsync(workflow);

        Assert.Equal(DependencyStatus.Resolved, Assert.Single(await test.Coordinator.CheckDependencyStatusAsync("build-00000001", "database")).Status);
        Assert.Equal(["database", "models_complete"], (await test.Coordinator.CheckDependencyStatusAsync("build-00000001")).Select(status => status.DependencyId));
        Assert.Empty(await test.Coordinator.CheckDependencyStatusAsync("nowhere"));
    }

    private static void WithAgents(TestWorkflow test, List<AgentContext?> contexts)
    {
        var coordinator = test.Coordinator;
        test.With("models", async (context, token) =>
        {
            await coordinator.UpdateSharedIntelligenceAsync(
                new ContextUpdate { CoordinationId = context.RunId, Field = SharedIntelligenceField.TypeRegistry, Data = new Dictionary<string, JsonElement> { ["User"] = Json("1") } }, token);
            return StepOutcome.Success;
        }).With("tests", Look).With("package", Look);

        StepOutcome Look(StepContext context)
        {
            contexts.Add(AgentContextJson.Read(context.Input).Value);
            return StepOutcome.Success;
        }
    }

    private static async Task UntilWaitingAsync(TestWorkflow test)
    {
        while (await test.Coordinator.CheckDependencyStatusAsync("build-00000001", "database") is not [{ Status: DependencyStatus.InProgress, Attempts: > 0 }]) await Task.Yield();
    }
}
