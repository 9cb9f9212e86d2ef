using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Workflows;
using static Slipway.Coordination.Tests.Workflows.TestWorkflow;

namespace Slipway.Coordination.Tests.Workflows;

/// <summary>What cannot run is refused with one problem each, and nothing runs.</summary>
public sealed class WorkflowRefusalTests
{
    [Fact]
    public async Task Coordinate_NothingAssigned_IsRefused() => await RefusesAsync("SLW5900", []);

    [Theory]
    [InlineData("")]
    [InlineData("@build")]
    [InlineData("a\nb")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Coordinate_UnusableWorkflowId_IsRefused(string workflowId)
    {
        using var test = new TestWorkflow().With("models");

        var result = await test.Coordinator.CoordinateAsync(workflowId, Assign(("models", [])));

        Assert.Equal("SLW5901", Assert.Single(result.Run.Problems).Code);
    }

    [Fact]
    public async Task Coordinate_AgentNobodyHasRegistered_IsRefusedWithTheNearestName()
    {
        var result = await RefusesAsync("SLW5902", Assign(("modles", [])));

        Assert.Equal("Did you mean 'models'?", result.Run.Problems[0].Fix);
    }

    [Fact]
    public async Task Coordinate_DependencyOnWhoHasNoAssignment_IsRefused() => await RefusesAsync("SLW5903", Assign(("models", ["parser"])));

    [Fact]
    public async Task Coordinate_AgentsThatDependOnEachOther_AreRefusedWithTheCircle()
    {
        var result = await RefusesAsync("SLW5904", Assign(("models", ["tests"]), ("tests", ["models"])));

        Assert.Contains("models -> tests -> models", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coordinate_CircleThroughASignal_IsRefused() => await RefusesAsync("SLW5904", Assign(("models", []), ("tests", ["models"])), new WorkflowOptions
    {
        Dependencies = Waits("models", new Dependency { Id = "half", Target = "tests", Metadata = new AgentCompletionMetadata { CompletionEvent = "stage_completed" } }),
    });

    [Fact]
    public async Task Coordinate_WaitsOfWhoHasNoAssignment_AreRefused() =>
        await RefusesAsync("SLW5905", Assign(("models", [])), new WorkflowOptions { Dependencies = Waits("deploy", Dependency.OnResource("database")), Resources = ["database"] });

    [Fact]
    public async Task Coordinate_WaitForAResourceNobodyNames_IsRefused() =>
        await RefusesAsync("SLW5459", Assign(("models", [])), new WorkflowOptions { Dependencies = Waits("models", Dependency.OnResource("databse")), Resources = ["database"] });

    [Fact]
    public async Task Coordinate_GateOutOfRange_IsRefused() =>
        await RefusesAsync("SLW5451", Assign(("models", [])), new WorkflowOptions { QualityGates = [new QualityGate { Id = "unit", Threshold = 7 }] });

    [Fact]
    public async Task Coordinate_ResourcesOutOfRange_AreRefused() => await RefusesAsync("SLW5501", Assign(("models", [])), new WorkflowOptions
    {
        ResourceAllocations = new Dictionary<string, ResourceAllocation> { ["models"] = new() { QualityThreshold = 2 } },
    });

    [Fact]
    public async Task Coordinate_SeveralThingsWrong_AreAllTold()
    {
        using var test = new TestWorkflow().With("models");

        var result = await test.Coordinator.CoordinateAsync("", Assign(("models", ["parser"]), ("nobody", [])));

        Assert.Equal(["SLW5901", "SLW5902", "SLW5903"], result.Run.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public async Task Coordinate_IdThatIsTaken_IsRefusedAndTheFirstStays()
    {
        using var test = new TestWorkflow().With("models");
        var options = new WorkflowOptions { CoordinationId = "once" };

        Assert.True((await test.RunAsync(Assign(("models", [])), options)).IsSuccess);
        var second = await test.RunAsync(Assign(("models", [])), options);

        Assert.Equal("SLW5110", Assert.Single(second.Run.Problems).Code);
        Assert.True((await test.Coordinator.FindResultAsync("once"))!.IsSuccess);
    }

    [Fact]
    public async Task Resume_WhatIsNoWorkflow_IsRefused()
    {
        using var test = new TestWorkflow();
        await test.Engine.StartAsync("other", Runs.TestRun.PlanOf(Runs.TestRun.StepOf("a")));

        Assert.Equal("SLW5906", Assert.Single((await test.Coordinator.ResumeAsync("other")).Run.Problems).Code);
        Assert.Equal("SLW5111", Assert.Single((await test.Coordinator.ResumeAsync("nowhere")).Run.Problems).Code);
    }

    [Fact]
    public void Coordinator_SecondOfAnEngine_IsRefused()
    {
        using var test = new TestWorkflow();

        Assert.Throws<InvalidOperationException>(() => new WorkflowCoordinator(test.Engine));
    }

    private static async Task<WorkflowResult> RefusesAsync(string code, Dictionary<string, AgentAssignment> assignments, WorkflowOptions? options = null)
    {
        using var test = new TestWorkflow().With("models").With("tests");

        var result = await test.Coordinator.CoordinateAsync("build", assignments, options: options);

        Assert.Equal(code, Assert.Single(result.Run.Problems).Code);
        Assert.Equal(result.Run.Problems[0].Summary, result.Error);
        Assert.Equal((0, 0, 0), (result.SignalsSent, result.ContextsDistributed, result.RoutingDecisions));
        Assert.Empty(test.Run.Calls);
        Assert.Empty(await test.EventsAsync(result.CoordinationId));
        return result;
    }

    private static Dictionary<string, IReadOnlyList<Dependency>> Waits(string agentId, params Dependency[] dependencies) => new() { [agentId] = dependencies };
}
