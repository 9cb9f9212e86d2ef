using System.Text.Json;
using Slipway.Coordination.Board;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Workflows;

/// <summary>Counts what became of a workflow, from its run and what its agents shared: what the journal holds, and nothing else.</summary>
internal static class WorkflowReport
{
    /// <summary>The report of a run that was read from its journal.</summary>
    public static WorkflowResult Of(RunResult result, RunProjection run, BoardContent? board, ContextDistributorOptions options)
    {
        var definition = WorkflowDefinition.Read(run.Started.Plan);
        var state = board?.State.Snapshot();
        var contexts = run[WorkflowDefinition.StartStep].State is StepState.Succeeded ? ContextsOf(definition, state, options) : new Dictionary<string, AgentContext>();
        var dependencies = DependenciesOf(run);
        List<WorkflowRouting> routings = state is null ? [] : [.. state.Keys
            .Where(key => key.StartsWith(WorkflowRouting.KeyPrefix, StringComparison.Ordinal))
            .Select(key => WorkflowRouting.Read(state.GetRequired(key)))
            .OrderBy(routing => routing.AgentId, StringComparer.Ordinal).ThenBy(routing => routing.Attempt)];
        return new WorkflowResult
        {
            WorkflowId = definition.WorkflowId,
            CoordinationId = definition.CoordinationId,
            Duration = (run.EndedAt ?? run.StartedAt) - run.StartedAt,
            ContextsDistributed = contexts.Count,
            DependenciesResolved = dependencies.Count(dependency => dependency.Success),
            SignalsSent = board?.SignalsSent ?? 0,
            RoutingDecisions = routings.Count,
            AgentContexts = contexts,
            DependencyDetails = dependencies,
            RoutingDetails = routings,
            Error = ErrorOf(result, run),
            Run = result,
        };
    }

    private static IReadOnlyDictionary<string, AgentContext> ContextsOf(WorkflowDefinition definition, StateSnapshot? state, ContextDistributorOptions options)
    {
        var contexts = new ContextDistributor(options);
        var agents = contexts.Distribute(definition.Contexts).Contexts;
        if (state is null) return agents;
        foreach (var update in WorkflowSession.UpdatesOf(state)) contexts.Update(update);
        return agents.Keys.ToDictionary(agentId => agentId, agentId => contexts.Get(definition.CoordinationId, agentId)!, StringComparer.Ordinal);
    }

    private static List<DependencyResult> DependenciesOf(RunProjection run)
    {
        var results = new List<DependencyResult>();
        foreach (var step in run.Steps)
        {
            var id = step.Step.Id;
            if (id.StartsWith(WorkflowDefinition.WaitPrefix, StringComparison.Ordinal)) results.AddRange(WaitsOf(run, step));
            else if (id[0] != '@') results.AddRange(step.Step.DependsOn.Where(edge => edge.StepId[0] != '@').Select(edge => EdgeOf(run, id, edge)));
        }

        return [.. results.OrderBy(result => result.AgentId, StringComparer.Ordinal).ThenBy(result => result.DependencyId, StringComparer.Ordinal)];
    }

    private static IEnumerable<DependencyResult> WaitsOf(RunProjection run, StepRecord step)
    {
        if (step is { State: StepState.Succeeded, Output.ValueKind: JsonValueKind.Array }) return step.Output.EnumerateArray().Select(DependencyWriter.ReadResult);
        var waits = DependencyJson.ReadContext(step.Step.Input);
        // Of a wait that failed the cause is named; the others were given up with it.
        return waits.Dependencies.Select(dependency => new DependencyResult
        {
            CoordinationId = run.RunId,
            AgentId = waits.AgentId,
            DependencyId = dependency.Id,
            Status = !step.IsSettled ? (step.State is StepState.Running ? DependencyStatus.InProgress : DependencyStatus.Pending)
                : step.State is StepState.TimedOut && step.Failure?.Source == dependency.Id ? DependencyStatus.Timeout
                : DependencyStatus.Failed,
            Attempts = step.Attempt,
            Failure = !step.IsSettled ? null
                : step.Failure?.Source == dependency.Id ? step.Failure
                : new Failure { Code = "SLW5474", Kind = FailureKind.Cancelled, Message = $"not waited for any longer: {step.Failure?.Message ?? step.Message ?? RunNames.Of(step.State)}" },
        });
    }

    private static DependencyResult EdgeOf(RunProjection run, string agentId, StepDependency edge)
    {
        var target = run[edge.StepId];
        var isResolved = target.State is StepState.Succeeded || (edge.IsOptional && target.IsSettled);
        return new DependencyResult
        {
            CoordinationId = run.RunId,
            AgentId = agentId,
            DependencyId = Dependency.OnAgent(edge.StepId).Id,
            Status = isResolved ? DependencyStatus.Resolved : target.IsSettled ? DependencyStatus.Failed : target.State is StepState.Running ? DependencyStatus.InProgress : DependencyStatus.Pending,
            Duration = target.FinishedAt is { } end ? end - run.StartedAt : TimeSpan.Zero,
            Attempts = target.Attempt,
            ResolvedAt = isResolved ? target.FinishedAt : null,
            Failure = isResolved || !target.IsSettled ? null : DependencyProblems.AgentFailed(edge.StepId, target.Failure?.Message ?? target.Message ?? RunNames.Of(target.State)),
            Metadata = isResolved ? new Dictionary<string, string> { ["resolved_by"] = edge.StepId } : new Dictionary<string, string>(),
        };
    }

    private static string? ErrorOf(RunResult result, RunProjection run)
    {
        if (result.Problems is [var problem, ..]) return problem.Summary;
        if (run.Status is RunStatus.Paused) return "the workflow is paused; resume it";
        if (run.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded) return null;
        var failed = run.Steps.FirstOrDefault(step => step.State is StepState.Failed or StepState.TimedOut);
        return failed?.Failure is { } failure ? $"{failed.Step.Id}: {failure.Message}" : $"the workflow is {RunNames.Of(run.Status)}";
    }
}
