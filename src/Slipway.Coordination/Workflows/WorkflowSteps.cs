using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Workflows;

/// <summary>Does the steps of a workflow that belong to no agent: it begins, waits, and ends.</summary>
internal sealed class WorkflowSteps(Func<StepContext, WorkflowSession> sessionOf, DependencyResolver resolver) : IAgent
{
    /// <summary>The name under which it is registered.</summary>
    public const string AgentName = "slipway.workflow";

    private const string Sender = "workflow";

    public async ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var session = sessionOf(context);
        if (session.Problem is { } problem) return StepOutcome.Failed(WorkflowProblems.NotOpened(problem));
        return context.StepId switch
        {
            WorkflowDefinition.StartStep => await StartAsync(session),
            WorkflowDefinition.FinishStep => await FinishAsync(session, context),
            _ => await WaitAsync(session, context, cancellationToken),
        };
    }

    private static async Task<StepOutcome> StartAsync(WorkflowSession session)
    {
        var definition = session.Definition;
        await session.PublishAsync(
            new InterAgentMessage
            {
                MessageType = "workflow_started",
                Message = $"workflow '{definition.WorkflowId}' began",
                Payload = JsonFields.Make(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("workflow_id", definition.WorkflowId);
                    writer.WriteString("session_id", definition.Contexts.SessionId);
                    JsonFields.WriteTexts(writer, "agents", [.. definition.Contexts.Assignments.Keys.Order(StringComparer.Ordinal)]);
                    writer.WriteEndObject();
                }),
            },
            Sender);
        return StepOutcome.Success;
    }

    private static async Task<StepOutcome> FinishAsync(WorkflowSession session, StepContext context)
    {
        var agents = session.Definition.Contexts.Assignments.Keys.Order(StringComparer.Ordinal).ToList();
        var ends = await context.Host.ReadRunAsync(run => agents.ConvertAll(agentId => End.Of(run[agentId])));
        // Who was stopped at a time limit, say, could not tell of its end itself.
        var told = session.Board.GetSignals(new SignalHistoryQuery { Filter = SignalFilter.OfTypes(SignalType.AgentCompleted) }).Select(signal => signal.Agent).ToHashSet(StringComparer.Ordinal);
        var signals = ends.Where(end => end.Attempt > 0 && !told.Contains(end.AgentId)).Select(end => session.PublishAsync(
            new AgentCompleted { AgentId = end.AgentId, QualityScore = end.State is StepState.Succeeded ? 1 : 0, Error = end.Error }, end.AgentId).AsTask());
        await Task.WhenAll(signals);
        await session.PublishAsync(
            new InterAgentMessage
            {
                MessageType = "workflow_finished",
                Message = string.Create(CultureInfo.InvariantCulture, $"{ends.Count(end => end.State is StepState.Succeeded)} of {ends.Count} agents succeeded"),
                Payload = JsonFields.Make(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("workflow_id", session.Definition.WorkflowId);
                    writer.WriteStartObject("agents");
                    foreach (var end in ends) writer.WriteString(end.AgentId, RunNames.Of(end.State));
                    writer.WriteEndObject();
                    writer.WriteEndObject();
                }),
            },
            Sender);
        return StepOutcome.Success;
    }

    private async Task<StepOutcome> WaitAsync(WorkflowSession session, StepContext context, CancellationToken cancellationToken)
    {
        var waits = DependencyJson.ReadContext(context.Input);
        try
        {
            var resolution = await context.AwaitAsync(
                async token =>
                {
                    using var end = CancellationTokenSource.CreateLinkedTokenSource(token, session.Ended);
                    return await resolver.ResolveAsync(session.Definition.CoordinationId, waits, end.Token);
                },
                cancellationToken);
            if (resolution.Problems is [var problem, ..]) return StepOutcome.Failed(WorkflowProblems.NotOpened(problem));
            // What was only given up with another is not the cause.
            var missing = resolution.Results.Where(result => !result.Success).MinBy(result => result.Failure!.Kind is FailureKind.Cancelled);
            return missing is null ? StepOutcome.Succeeded(Describe(resolution)) : StepOutcome.Failed(WorkflowProblems.DependencyMissing(missing));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return session.Ended.IsCancellationRequested ? StepOutcome.Skipped(WorkflowAttempts.EndedReason(session)) : StepOutcome.Suspended("its dependencies, when the run goes on");
        }
    }

    private static JsonElement Describe(DependencyResolution resolution) => JsonFields.Make(writer =>
    {
        writer.WriteStartArray();
        foreach (var result in resolution.Results) DependencyJson.Write(writer, result);
        writer.WriteEndArray();
    });

    private sealed record End(string AgentId, StepState State, int Attempt, string? Error)
    {
        public static End Of(StepRecord record) => new(
            record.Step.Id, record.State, record.Attempt, record.State is StepState.Succeeded ? null : record.Failure?.Message ?? record.Message ?? RunNames.Of(record.State));
    }
}
