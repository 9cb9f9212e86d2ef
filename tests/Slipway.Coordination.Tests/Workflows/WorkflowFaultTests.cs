using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Workflows;
using static Slipway.Coordination.Tests.Workflows.TestWorkflow;

namespace Slipway.Coordination.Tests.Workflows;

/// <summary>The faults of the original library's orchestrator, by their numbers in the contract.</summary>
public sealed class WorkflowFaultTests
{
    // Fault 1: no workflow could ever succeed, as the session id was left out.
    [Fact]
    public async Task Workflow_WithNothingSaidOfItsSession_SucceedsAndHasOne()
    {
        using var test = new TestWorkflow().With("models").With("tests");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        Assert.True(result.IsSuccess);
        Assert.Null(result.Error);
        Assert.Matches("^session-[0-9a-f]{8}$", result.AgentContexts["models"].CoordinationMetadata.SessionId);
        Assert.Matches("^build-[0-9a-f]{8}$", result.CoordinationId);
    }

    // Fault 1: signals were counted as sent that had been rejected, the one that the workflow starts first of all.
    [Fact]
    public async Task SignalsSent_OfAWorkflow_AreThoseThatAreStored()
    {
        var refused = new List<PublishResult>();
        using var test = new TestWorkflow().With("models", async (context, token) =>
        {
            refused.Add(await context.Board.PublishAsync(new SignalDraft(new SignalType("No Such Type")), token));
            await context.Board.PublishAsync(new SignalDraft(new SignalType("models_found")), token);
            return StepOutcome.Success;
        });

        var result = await test.RunAsync(Assign(("models", [])));

        Assert.False(Assert.Single(refused).IsPublished);
        var stored = await test.SignalsAsync(result.CoordinationId);
        Assert.Equal("workflow_started", stored[0].Data.GetProperty("message_type").GetString());
        Assert.Equal((5, 5), (stored.Count, result.SignalsSent));
    }

    // Fault 1: methods were called that do not exist; every number of the result is one that the journal bears out.
    [Fact]
    public async Task Counts_OfAWorkflow_AreThoseOfItsJournal()
    {
        using var test = new TestWorkflow().With("a").With("b").With("c", _ => StepOutcome.Failed(Runs.TestRun.Permanent)).With("d");

        var result = await test.RunAsync(Assign(("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])));

        var events = await test.EventsAsync(result.CoordinationId);
        Assert.Equal(events.OfType<SignalPublished>().Count(), result.SignalsSent);
        Assert.Equal(events.OfType<StateChanged>().Count(), result.RoutingDecisions);
        Assert.Equal((3, 3), (result.RoutingDecisions, result.RoutingDetails.Count));
        Assert.Equal((3, 4), (result.DependenciesResolved, result.DependencyDetails.Count));
        Assert.Equal((4, 4), (result.ContextsDistributed, result.AgentContexts.Count));
        Assert.Equal(result.RoutingDecisions, test.Coordinator.GetCoordinationMetrics().Routing.Total);
    }

    // Fault 2: dependencies were resolved before any agent ran, so that each waited out its 120 s and failed.
    [Fact]
    public async Task Dependencies_OnAgents_EndWithTheAgentsAndWithoutAnyTimePassing()
    {
        using var test = new TestWorkflow().With("models").With("tests");
        var begun = test.Run.Clock.GetUtcNow();

        var result = await test.RunAsync(Assign(("tests", ["models"]), ("models", [])));

        Assert.Equal(["models", "tests"], test.Run.Calls);
        Assert.Equal((1, TimeSpan.Zero), (result.DependenciesResolved, test.Run.Clock.GetUtcNow() - begun));
    }

    // Fault 2: it went on as if nothing were wrong when dependencies had failed.
    [Fact]
    public async Task Dependencies_ThatFailed_KeepTheAgentFromRunning()
    {
        using var test = new TestWorkflow().With("models", _ => StepOutcome.Failed(Runs.TestRun.Permanent)).With("tests");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        Assert.Equal(["models"], test.Run.Calls);
        Assert.Equal((RunStatus.Failed, 0, "models: never"), (result.Run.Status, result.DependenciesResolved, result.Error));
    }

    // Fault 3: dependencies inside an assignment were overlooked, and the workflow's own test passed for that wrong reason.
    [Fact]
    public async Task Dependencies_InAnAssignment_AreWaitedFor()
    {
        var release = new TaskCompletionSource();
        using var test = new TestWorkflow().With("tests").With("models", async (_, token) =>
        {
            await release.Task.WaitAsync(token);
            return StepOutcome.Success;
        });
        var workflow = test.Coordinator.CoordinateAsync("build", Assign(("models", []), ("tests", ["models"])));
        await test.Run.UntilAsync(() => test.Run.Calls.Contains("models"));

        Assert.Equal(["models"], test.Run.Calls);
        release.SetResult();
        Assert.True((await test.ToEndAsync(workflow)).IsSuccess);
        Assert.Equal(["models", "tests"], test.Run.Calls);
    }
}
