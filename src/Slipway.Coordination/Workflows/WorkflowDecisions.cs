using Slipway.Coordination.Agents;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Routing;

namespace Slipway.Coordination.Workflows;

/// <summary>Asks the router after an attempt, and turns its decision into what the engine does.</summary>
internal sealed class WorkflowDecisions(SmartRouter router, AgentRegistry agents)
{
    public RoutingHistoryRecord Decide(AgentEnd end, string coordinationId) =>
        router.Route(end.ToState(), end.AgentId, end.Elapsed, end.Retries, correlationId: coordinationId);

    /// <summary>
    /// What comes of a decision. Nothing makes a success of a failure, and a failure that its agent calls permanent is not tried again.
    /// </summary>
    public async Task<(StepOutcome Outcome, bool IsApplied)> ApplyAsync(RoutingResult result, StepOutcome outcome, WorkflowSession session, StepContext context)
    {
        var failure = (outcome as StepFailure)?.Failure;
        switch (result.Decision)
        {
            case RoutingDecision.Retry when failure is null:
                return (StepOutcome.Failed(WorkflowProblems.AskedForRetry(result.Reasoning)), true);
            case RoutingDecision.Error when failure is null or { IsRetryable: true }:
                return (StepOutcome.Failed(WorkflowProblems.AskedForError(result, failure)), true);
            case RoutingDecision.Skip when outcome is not StepSkip:
                return (StepOutcome.Skipped($"routing leaves it out: {result.Reasoning}"), true);
            case RoutingDecision.End:
                await session.EndAsync(context.StepId).ConfigureAwait(false);
                return (outcome, true);
            case RoutingDecision.Branch when failure is null && result.NextTask is { } task && agents.Find(task) is not null:
                // The same step whenever the attempt is made, so that it is added once.
                var step = new Step { Id = $"{context.StepId}/{task}", Agent = task, Input = context.Input, DependsOn = [context.StepId] };
                var problems = await context.AddStepsAsync([step]).ConfigureAwait(false);
                return problems is [var problem, ..] ? (StepOutcome.Failed(WorkflowProblems.NotBranched(task, problem)), true) : (outcome, true);
            default:
                return (outcome, false);
        }
    }
}
