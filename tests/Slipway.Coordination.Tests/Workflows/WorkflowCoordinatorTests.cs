using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.Workflows;
using static Slipway.Coordination.Tests.Workflows.TestWorkflow;

namespace Slipway.Coordination.Tests.Workflows;

/// <summary>A workflow in one call.</summary>
public sealed class WorkflowCoordinatorTests
{
    [Fact]
    public async Task Coordinate_AgentsInADiamond_RunEachAfterWhatItDependsOn()
    {
        using var test = new TestWorkflow().With("models").With("validators").With("tests").With("package");

        var result = await test.RunAsync(Assign(("models", []), ("validators", ["models"]), ("tests", ["models"]), ("package", ["validators", "tests"])));

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal(4, test.Run.Calls.Count);
        Assert.Equal(("models", "package"), (test.Run.Calls.First(), test.Run.Calls.Last()));
        Assert.Equal((4, 4, null), (result.ContextsDistributed, result.DependenciesResolved, result.Error));
    }

    [Fact]
    public async Task Coordinate_IndependentAgents_RunAtOnce()
    {
        using var everybody = new Barrier(3);
        using var test = new TestWorkflow();
        foreach (var name in (string[])["a", "b", "c"]) test.With(name, _ => everybody.SignalAndWait(TimeSpan.FromSeconds(30)) ? StepOutcome.Success : StepOutcome.Failed(Runs.TestRun.Permanent));

        Assert.True((await test.RunAsync(Assign(("a", []), ("b", []), ("c", [])))).IsSuccess);
    }

    [Fact]
    public async Task Agent_InAWorkflow_IsGivenItsContext()
    {
        AgentContext? package = null;
        using var test = new TestWorkflow().With("models", context =>
        {
            package = AgentContextJson.Read(context.Input).Value;
            return StepOutcome.Success;
        });
        var assignments = new Dictionary<string, AgentAssignment>
        {
            ["models"] = new() { AgentRole = "model_generator", Objective = "Generate models", Tasks = ["parse"], InputData = new Dictionary<string, JsonElement> { ["path"] = Json("\"a.yaml\"") } },
        };
        var shared = new SharedIntelligence { TypeRegistry = new Dictionary<string, JsonElement> { ["User"] = Json("\"class User\"") } };
        var options = new WorkflowOptions { ParentWorkflowId = "nightly", ResourceAllocations = new Dictionary<string, ResourceAllocation> { ["models"] = new() { MaxMemoryMb = 64 } } };

        var result = await test.RunAsync(assignments, options, shared);

        Assert.True(result.IsSuccess, result.Error);
        Assert.NotNull(package);
        Assert.Equal(("build-00000001", "session-00000002", "models", "model_generator", "nightly"), (
            package.CoordinationMetadata.CoordinationId, package.CoordinationMetadata.SessionId, package.CoordinationMetadata.AgentId, package.CoordinationMetadata.AgentRole, package.CoordinationMetadata.ParentWorkflowId));
        Assert.Equal(("Generate models", 64), (package.AgentAssignment.Objective, package.ResourceAllocation.MaxMemoryMb));
        Assert.Equal("class User", package.SharedIntelligence.TypeRegistry["User"].GetString());
        Assert.Equal(Bytes(writer => AgentContextJson.Write(writer, package)), Bytes(writer => AgentContextJson.Write(writer, result.AgentContexts["models"])));
    }

    [Fact]
    public async Task Agent_OfARole_DoesSeveralAssignments()
    {
        using var test = new TestWorkflow().With("parser", context => StepOutcome.Succeeded(Json($"{{\"agent\":\"{context.StepId}\"}}")));

        var result = await test.RunAsync(new Dictionary<string, AgentAssignment>
        {
            ["contract_0"] = new() { AgentRole = "parser" },
            ["contract_1"] = new() { AgentRole = "parser" },
        });

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal(["contract_0", "contract_1"], test.Run.Calls.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Agent_AfterAnother_ReadsItsOutput()
    {
        string? read = null;
        using var test = new TestWorkflow().With("models", _ => Gives("""{"files":3}""")).With("tests", context =>
        {
            read = context.OutputOf("models")?.GetRawText();
            return StepOutcome.Success;
        });

        await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        Assert.Equal("""{"files":3}""", read);
    }

    [Fact]
    public async Task Signals_OfAWorkflow_TellItsWholeCourseAndAreJournaled()
    {
        using var test = new TestWorkflow().With("models", _ => Gives("""{"quality_score":0.95,"result_summary":"3 models","artifacts_generated":["user.cs"]}""")).With("tests");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        var signals = await test.SignalsAsync(result.CoordinationId);
        Assert.Equal(
            ["workflow_started", "agent_initialized models", "agent_completed models", "agent_initialized tests", "agent_completed tests", "workflow_finished"],
            signals.Select(signal => signal.Payload is InterAgentMessage message ? message.MessageType : $"{signal.Type} {signal.Agent}"));
        var completed = Assert.IsType<AgentCompleted>(signals[2].Payload);
        Assert.Equal((0.95, "3 models", "user.cs"), (completed.QualityScore, completed.ResultSummary, Assert.Single(completed.ArtifactsGenerated)));
        Assert.Equal(signals.Count, result.SignalsSent);
    }

    [Fact]
    public async Task Agent_ThatFails_BlocksItsDependentsAndIsToldWithItsError()
    {
        using var test = new TestWorkflow().With("models", _ => StepOutcome.Failed(Runs.TestRun.Permanent)).With("tests").With("docs");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"]), ("docs", [])));

        Assert.Equal((RunStatus.Failed, "models: never"), (result.Run.Status, result.Error));
        Assert.Equal(StepState.Blocked, result.Run.Run!["tests"].State);
        Assert.Equal(StepState.Succeeded, result.Run.Run["docs"].State);
        var completed = (await test.SignalsAsync(result.CoordinationId)).Select(signal => signal.Payload).OfType<AgentCompleted>().ToDictionary(payload => payload.AgentId, payload => payload.Error);
        Assert.Equal(("never", null, 2), (completed["models"], completed["docs"], completed.Count));
        Assert.Equal(DependencyStatus.Failed, Assert.Single(result.DependencyDetails).Status);
    }

    [Fact]
    public async Task Agent_ThatFailsInPassing_IsTriedAgainAndToldOnce()
    {
        using var test = new TestWorkflow().With("models", context => context.Attempt < 3 ? StepOutcome.Failed(Runs.TestRun.Transient) : StepOutcome.Success);

        var result = await test.RunAsync(Assign(("models", [])));

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal(3, test.Run.Calls.Count);
        Assert.Null(Assert.Single((await test.SignalsAsync(result.CoordinationId)).Select(signal => signal.Payload).OfType<AgentCompleted>()).Error);
    }

    [Fact]
    public async Task Agent_BeyondItsTime_IsStoppedAndToldWithItsError()
    {
        using var test = new TestWorkflow().With("models", async (context, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, token);
            return StepOutcome.Success;
        });
        var resources = new Dictionary<string, ResourceAllocation> { ["models"] = new() { MaxExecutionTime = TimeSpan.FromSeconds(2), MaxRetryAttempts = 0 } };

        var result = await test.RushAsync(test.Coordinator.CoordinateAsync("build", Assign(("models", [])), options: new WorkflowOptions { ResourceAllocations = resources }));

        Assert.Equal(StepState.TimedOut, result.Run.Run!["models"].State);
        Assert.NotNull(Assert.Single((await test.SignalsAsync(result.CoordinationId)).Select(signal => signal.Payload).OfType<AgentCompleted>()).Error);
    }

    [Fact]
    public async Task Waits_ForResourcesGatesAndOutsiders_TakeNoSlot()
    {
        using var test = new TestWorkflow(run: new RunOptions { Parallelism = 1 });
        var coordinator = test.Coordinator;
        test.With("deploy").With("opener", async (context, _) =>
        {
            // With one slot in all, this agent could not run while the others held it by waiting.
            coordinator.MarkResourceAvailable("database");
            await context.Board.UpdateGateAsync("unit", 0.93, "opener", GateType.Coverage);
            await coordinator.SignalAgentCompletionAsync(context.RunId, new AgentCompleted { AgentId = "licence_office" });
            return StepOutcome.Success;
        });

        var result = await test.RunAsync(Assign(("deploy", ["licence_office"]), ("opener", [])), new WorkflowOptions
        {
            Resources = ["database"],
            QualityGates = [new QualityGate { Id = "unit", Type = GateType.Coverage, Threshold = 0.9 }],
            ExternalAgents = ["licence_office"],
            Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["deploy"] = [Dependency.OnResource("database"), Dependency.OnGate("unit")] },
        });

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal(["opener", "deploy"], test.Run.Calls);
        Assert.Equal(["database", "licence_office_complete", "unit"], result.DependencyDetails.Select(detail => detail.DependencyId));
        Assert.All(result.DependencyDetails, detail => Assert.True(detail.Success));
        Assert.Equal(3, (await test.SignalsAsync(result.CoordinationId)).Count(signal => signal.Type == SignalType.DependencyResolved));
    }

    [Fact]
    public async Task Wait_ThatTimesOut_BlocksItsAgentAndSaysWhatWasMissing()
    {
        using var test = new TestWorkflow().With("deploy").With("docs");

        var workflow = test.Coordinator.CoordinateAsync("build", Assign(("deploy", []), ("docs", [])), options: new WorkflowOptions
        {
            Resources = ["database"],
            Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["deploy"] = [Dependency.OnResource("database") with { Timeout = TimeSpan.FromSeconds(5) }] },
        });
        await test.Run.UntilAsync(() => test.Run.Calls.Contains("docs"));
        var result = await test.RushAsync(workflow);

        Assert.Equal(["docs"], test.Run.Calls);
        Assert.Equal("@wait/deploy: dependency 'database' did not come: 'database' did not come within 5 s", result.Error);
        Assert.Equal((DependencyStatus.Timeout, 0), (Assert.Single(result.DependencyDetails).Status, result.DependenciesResolved));
    }

    [Fact]
    public async Task SharedIntelligence_ToldByAnAgent_IsInTheContextsOfThoseAfterIt()
    {
        AgentContext? package = null;
        using var test = new TestWorkflow();
        var coordinator = test.Coordinator;
        test.With("models", async (context, token) =>
        {
            var told = await coordinator.UpdateSharedIntelligenceAsync(
                new ContextUpdate { CoordinationId = context.RunId, Field = SharedIntelligenceField.TypeRegistry, Data = new Dictionary<string, JsonElement> { ["User"] = Json("1") } }, token);
            return told.IsComplete ? StepOutcome.Success : StepOutcome.Failed(Runs.TestRun.Permanent);
        }).With("tests", context =>
        {
            package = AgentContextJson.Read(context.Input).Value;
            return StepOutcome.Success;
        });

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal((2, 1), (package!.ContextVersion, package.SharedIntelligence.TypeRegistry["User"].GetInt32()));
        Assert.Equal(2, result.AgentContexts["tests"].ContextVersion);
    }

    [Fact]
    public async Task Workflow_ThatEnded_LeavesNothingBehind()
    {
        foreach (var outcome in (StepOutcome[])[StepOutcome.Success, StepOutcome.Failed(Runs.TestRun.Permanent)])
        {
            AgentContext? during = null;
            using var test = new TestWorkflow();
            var coordinator = test.Coordinator;
            test.With("models", context =>
            {
                during = coordinator.GetAgentContext(context.RunId, "models");
                return outcome;
            });

            var result = await test.RunAsync(Assign(("models", [])), new WorkflowOptions { QualityGates = [new QualityGate { Id = "unit" }] });

            Assert.NotNull(during);
            Assert.Null(coordinator.GetAgentContext(result.CoordinationId, "models"));
            Assert.Null(test.Engine.FindBoard(result.CoordinationId));
            Assert.Equal("SLW5907", (await coordinator.SignalAgentCompletionAsync(result.CoordinationId, new AgentCompleted { AgentId = "x" })).Problems[0].Code);
        }
    }

    [Fact]
    public async Task Features_TurnedOff_AreNotUsed()
    {
        using var both = new Barrier(2);
        using var test = new TestWorkflow()
            .With("a", _ => both.SignalAndWait(TimeSpan.FromSeconds(30)) ? StepOutcome.Success : StepOutcome.Failed(Runs.TestRun.Permanent))
            .With("b", _ => both.SignalAndWait(TimeSpan.FromSeconds(30)) ? StepOutcome.Success : StepOutcome.Failed(Runs.TestRun.Permanent));

        var result = await test.RunAsync(Assign(("a", []), ("b", ["a"])), new WorkflowOptions { EnableSignals = false, EnableRouting = false, EnableDependencyResolution = false });

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal((0, 0, 0, 2), (result.SignalsSent, result.RoutingDecisions, result.DependenciesResolved, result.ContextsDistributed));
        Assert.Empty(await test.SignalsAsync(result.CoordinationId));
    }

    [Fact]
    public async Task Step_ThatIsConfigured_KeepsWhoseItIs()
    {
        long? token = null;
        using var test = new TestWorkflow().With("deploy", context =>
        {
            token = context.LockToken;
            return StepOutcome.Success;
        });

        var result = await test.RunAsync(Assign(("deploy", [])), new WorkflowOptions { ConfigureStep = step => step with { Id = "other", Modifies = ["k8s:prod"] } });

        Assert.True(result.IsSuccess, result.Error);
        Assert.NotNull(token);
        Assert.NotNull(result.Run.Run!.Find("deploy"));
    }

    [Fact]
    public async Task Steps_OfOtherRunsOnTheEngine_PassThrough()
    {
        using var test = new TestWorkflow().With("plain", context => StepOutcome.Succeeded(context.Input));

        var result = await test.Run.RushAsync(test.Engine.StartAsync("other", Runs.TestRun.PlanOf(new Step { Id = "a", Agent = "plain", Input = Json("7") })));

        Assert.Equal("7", result.Run!["a"].Output.GetRawText());
        Assert.Null(await test.Coordinator.FindResultAsync("other"));
    }

    [Fact]
    public async Task Json_OfAResult_HasTheFieldsOfTheContract()
    {
        using var test = new TestWorkflow().With("models").With("tests", _ => StepOutcome.Failed(Runs.TestRun.Permanent));

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        using var json = JsonDocument.Parse(Bytes(writer => WorkflowResultJson.Write(writer, result)));
        Assert.Equal(
            ["workflow_id", "coordination_id", "duration_ms", "contexts_distributed", "dependencies_resolved", "signals_sent", "routing_decisions", "agent_contexts", "dependency_details", "routing_details", "error"],
            json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("build", "build-00000001", 2, 1), (
            json.RootElement.GetProperty("workflow_id").GetString(), json.RootElement.GetProperty("coordination_id").GetString(), json.RootElement.GetProperty("contexts_distributed").GetInt32(), json.RootElement.GetProperty("dependencies_resolved").GetInt32()));
    }

    [Fact]
    public async Task Metrics_OfACoordinator_CountWhatItRan()
    {
        using var test = new TestWorkflow().With("good").With("bad", _ => StepOutcome.Failed(Runs.TestRun.Permanent));

        await test.RunAsync(Assign(("good", [])));
        await test.RunAsync(Assign(("bad", [])));
        await test.RunAsync(Assign(("nobody", [])));

        var metrics = test.Coordinator.GetCoordinationMetrics();
        Assert.Equal((2, 1, 0, 1, 0.5), (metrics.WorkflowsEnded, metrics.WorkflowsSucceeded, metrics.WorkflowsRunning, metrics.WorkflowsRefused, metrics.SuccessRate));
        Assert.Equal(2, metrics.Routing.Total);
    }

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
