using Slipway.Coordination.Agents;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Routing.Routers;
using Slipway.Coordination.Routing.Rules;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.Workflows;
using static Slipway.Coordination.Tests.Workflows.TestWorkflow;

namespace Slipway.Coordination.Tests.Workflows;

/// <summary>What routing decides after an agent's end is what the engine does.</summary>
public sealed class WorkflowRoutingTests
{
    [Fact]
    public async Task Routing_NothingUnusual_LeavesTheOutcomeAndIsToldInDetail()
    {
        using var test = new TestWorkflow().With("models", _ => Gives("""{"files":3}"""));

        var result = await test.RunAsync(Assign(("models", [])));

        var routing = Assert.Single(result.RoutingDetails);
        Assert.Equal(("models", 1, RoutingDecision.Continue, false), (routing.AgentId, routing.Attempt, routing.Decision, routing.IsApplied));
        Assert.Equal(1, result.RoutingDecisions);
    }

    [Fact]
    public async Task Retry_OfASuccessWithErrors_IsAnotherAttemptOfTheEngine()
    {
        using var test = With(Rule("errors", "error_count", RuleOperator.Greater, "0", RoutingDecision.Retry))
            .With("models", context => Gives($$"""{"error_count":{{3 - context.Attempt}}}"""));

        var result = await test.RunAsync(Assign(("models", [])));

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal([RoutingDecision.Retry, RoutingDecision.Retry, RoutingDecision.Continue], result.RoutingDetails.Select(routing => routing.Decision));
        Assert.Equal(3, test.Run.Calls.Count);
        Assert.Single((await test.SignalsAsync(result.CoordinationId)).Select(signal => signal.Payload).OfType<AgentCompleted>());
    }

    [Fact]
    public async Task Retry_WithoutEnd_EndsWithTheBudgetInAnError()
    {
        using var test = With(Rule("errors", "error_count", RuleOperator.Greater, "0", RoutingDecision.Retry)).With("models", _ => Gives("""{"error_count":1}"""));

        var result = await test.RunAsync(Assign(("models", [])));

        Assert.Equal((StepState.Failed, 4), (result.Run.Run!["models"].State, test.Run.Calls.Count));
        Assert.Equal("SLW5911", result.Run.Run["models"].Failure!.Code);
    }

    [Fact]
    public async Task Retry_OfWhatItsAgentCallsPermanent_IsNotDone()
    {
        using var test = new TestWorkflow().With("models", _ => StepOutcome.Failed(Runs.TestRun.Permanent));

        var result = await test.RunAsync(Assign(("models", [])));

        Assert.Equal((RoutingDecision.Retry, false), (result.RoutingDetails[0].Decision, result.RoutingDetails[0].IsApplied));
        Assert.Single(test.Run.Calls);
    }

    [Fact]
    public async Task Error_OfASuccess_FailsTheAgentAndBlocksItsDependents()
    {
        using var test = With(Rule("poor", "quality_score", RuleOperator.Less, "0.8", RoutingDecision.Error)).With("models", _ => Gives("""{"quality_score":0.5}""")).With("tests");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        Assert.Equal((StepState.Failed, StepState.Blocked), (result.Run.Run!["models"].State, result.Run.Run["tests"].State));
    }

    [Fact]
    public async Task Error_OfAPassingFailure_IsNotTriedAgain()
    {
        using var test = With(Rule("stop", "error_code", RuleOperator.Equal, "\"test\"", RoutingDecision.Error)).With("models", _ => StepOutcome.Failed(Runs.TestRun.Transient));

        var result = await test.RunAsync(Assign(("models", [])));

        Assert.Single(test.Run.Calls);
        Assert.Equal(FailureKind.Permanent, result.Run.Run!["models"].Failure!.Kind);
    }

    [Fact]
    public async Task Skip_OfIncompleteWork_LeavesItOut()
    {
        using var test = new TestWorkflow().With("models", _ => Gives("""{"required_data":null}""")).With("docs");

        var result = await test.RunAsync(Assign(("models", []), ("docs", [])));

        Assert.Equal(StepState.Skipped, result.Run.Run!["models"].State);
        Assert.Equal(RoutingDecision.Skip, result.RoutingDetails.Single(routing => routing.AgentId == "models").Decision);
        Assert.StartsWith("skipped: ", (await test.SignalsAsync(result.CoordinationId)).Select(signal => signal.Payload).OfType<AgentCompleted>().Single(completed => completed.AgentId == "models").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Continue_OfAFailure_MakesNoSuccessOfIt()
    {
        using var test = With(Rule("go on", "error_code", RuleOperator.Equal, "\"test\"", RoutingDecision.Continue)).With("models", _ => StepOutcome.Failed(Runs.TestRun.Permanent)).With("tests");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        Assert.Equal(RoutingDecision.Continue, result.RoutingDetails[0].Decision);
        Assert.Equal((StepState.Failed, StepState.Blocked), (result.Run.Run!["models"].State, result.Run.Run["tests"].State));
    }

    [Fact]
    public async Task Branch_ToAnotherAgent_PutsItsStepBeforeTheDependents()
    {
        using var test = With(Rule("large", "files", RuleOperator.Greater, "100", RoutingDecision.Branch) with { NextTask = "splitter" })
            .With("models", _ => Gives("""{"files":500}""")).With("splitter").With("tests");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"])));

        Assert.True(result.IsSuccess, result.Error);
        Assert.Equal(["models", "models/splitter", "tests"], test.Run.Calls);
    }

    [Fact]
    public async Task End_AfterAnAgent_LetsNothingMoreBeginAndEndsWhatIsWaitedFor()
    {
        using var test = With(Rule("enough", "is_enough", RuleOperator.Equal, "true", RoutingDecision.End)).With("models", _ => Gives("""{"is_enough":true}""")).With("tests").With("deploy");

        var result = await test.RunAsync(Assign(("models", []), ("tests", ["models"]), ("deploy", [])), new WorkflowOptions
        {
            Resources = ["database"],
            Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { ["deploy"] = [Dependency.OnResource("database")] },
        });

        Assert.Equal(["models"], test.Run.Calls);
        Assert.Null(result.Error);
        Assert.Equal((StepState.Skipped, StepState.Blocked), (result.Run.Run!["tests"].State, result.Run.Run["deploy"].State));
        Assert.Equal("routing ended the workflow after 'models'", result.Run.Run["tests"].Message);
    }

    private static TestWorkflow With(params RoutingRule[] rules)
    {
        var router = new SmartRouter();
        router.AddRouter(new ConditionalRouter(RoutingRuleSet.Of(rules)));
        return new TestWorkflow(new WorkflowCoordinatorOptions { Router = router });
    }

    private static RoutingRule Rule(string id, string key, RuleOperator comparison, string value, RoutingDecision decision) =>
        new() { RuleId = id, Name = id, ConditionKey = key, ConditionOperator = comparison, ConditionValue = Json(value), Decision = decision };
}
