using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Workflows;

/// <summary>
/// Stands between an engine and the agents of workflows: gives an agent its context, tells of its begin and its end, and asks the router what
/// is to come of its result. Steps of other runs pass through.
/// </summary>
internal sealed class WorkflowAttempts(Func<StepContext, WorkflowSession> sessionOf, WorkflowDecisions decisions) : IAttemptInterceptor
{
    public static string EndedReason(WorkflowSession session) => $"routing ended the workflow after '{session.EndedBy}'";

    public ValueTask<StepOutcome> RunAsync(RegisteredAgent agent, StepContext context, CancellationToken cancellationToken)
    {
        if (!WorkflowDefinition.IsWorkflow(context.Host.Plan) || agent.Agent is WorkflowSteps) return agent.Agent.RunAsync(context, cancellationToken);
        var session = sessionOf(context);
        if (session.Problem is { } problem) return ValueTask.FromResult(StepOutcome.Failed(WorkflowProblems.NotOpened(problem)));
        // What agents add below themselves has an input of its own.
        return session.Find(context.StepId) is { } package
            ? new ValueTask<StepOutcome>(RunAsync(session, package, agent, context, cancellationToken))
            : agent.Agent.RunAsync(context, cancellationToken);
    }

    private async Task<StepOutcome> RunAsync(WorkflowSession session, AgentContext package, RegisteredAgent agent, StepContext context, CancellationToken cancellationToken)
    {
        if (session.EndedBy is not null) return StepOutcome.Skipped(EndedReason(session));
        var agentId = context.StepId;
        var begun = context.Time.GetTimestamp();
        var input = JsonFields.Make(writer => AgentContextJson.Write(writer, package));
        var inner = new StepContext(context.Host, context.Step with { Input = input }, context.Attempt);
        await session.PublishAsync(
            new AgentInitialized { AgentId = agentId, Capabilities = agent.Descriptor.Capabilities, InitializationTimeMs = context.Time.GetElapsedTime(begun).TotalMilliseconds }, agentId).ConfigureAwait(false);
        begun = context.Time.GetTimestamp();
        var outcome = await CallAsync(agent.Agent, inner, cancellationToken).ConfigureAwait(false);
        // Who was stopped, or asks to go on later, has not ended.
        if (cancellationToken.IsCancellationRequested || outcome is StepQuestion or StepSuspension) return outcome;
        var end = AgentEnd.Of(agentId, outcome, context, package, context.Time.GetElapsedTime(begun));
        return session.Definition.EnableRouting ? await RouteAsync(session, end, inner).ConfigureAwait(false) : await TellAsync(session, end, outcome, inner, changes: null).ConfigureAwait(false);
    }

    private static async Task<StepOutcome> CallAsync(IAgent agent, StepContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await agent.RunAsync(context, cancellationToken).ConfigureAwait(false) ?? throw new InvalidOperationException($"the agent '{context.Step.Agent}' returned no outcome");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return StepOutcome.Failed(FailureClassifier.FromException(exception));
        }
    }

    private async Task<StepOutcome> RouteAsync(WorkflowSession session, AgentEnd end, StepContext context)
    {
        var record = decisions.Decide(end, session.Definition.CoordinationId);
        var (outcome, isApplied) = await decisions.ApplyAsync(record.Result, end.Outcome, session, context).ConfigureAwait(false);
        var routing = WorkflowRouting.Of(end.AgentId, context.Attempt, record, isApplied);
        var changes = new StateBatch().Set(WorkflowRouting.KeyOf(end.AgentId, context.Attempt), JsonFields.Make(routing.Write));
        return await TellAsync(session, end, outcome, context, changes).ConfigureAwait(false);
    }

    /// <summary>Tells of the end of an agent when it is one: an attempt that is followed by another is none.</summary>
    private static async Task<StepOutcome> TellAsync(WorkflowSession session, AgentEnd end, StepOutcome outcome, StepContext context, StateBatch? changes)
    {
        var isLast = outcome is not StepFailure { Failure.IsRetryable: true } || context.Host.RetriesLeft == 0;
        // Both reach the journal in one append.
        var kept = changes is null ? Task.CompletedTask : session.Board.UpdateStateAsync(changes, end.AgentId);
        if (isLast) await session.PublishAsync(end.ToSignal(outcome), end.AgentId).ConfigureAwait(false);
        await kept.ConfigureAwait(false);
        return outcome;
    }
}
