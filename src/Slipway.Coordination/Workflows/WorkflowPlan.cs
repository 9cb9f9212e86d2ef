using System.Text.Json;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Workflows;

/// <summary>
/// Makes the plan of a workflow: a step for each agent, between one that begins and one that ends the workflow. What an agent waits for beside
/// other agents is waited for by a step before it, which takes no slot.
/// </summary>
internal static class WorkflowPlan
{
    public static Plan Build(WorkflowDefinition definition, IReadOnlyDictionary<string, AgentContext> contexts, IReadOnlyDictionary<string, string> performers, WorkflowOptions options)
    {
        var steps = new List<Step>(contexts.Count + 2) { Own(WorkflowDefinition.StartStep, definition.ToJson()) };
        foreach (var (agentId, context) in contexts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var dependencies = new List<StepDependency> { WorkflowDefinition.StartStep };
            if (options.EnableDependencyResolution)
            {
                var named = context.AgentAssignment.Dependencies.Distinct(StringComparer.Ordinal).ToList();
                dependencies.AddRange(named.Where(contexts.ContainsKey).Select(StepDependency.FromString));
                List<Dependency> waits = [.. named.Where(agent => !contexts.ContainsKey(agent)).Select(Dependency.OnAgent), .. options.Dependencies.GetValueOrDefault(agentId) ?? []];
                foreach (var edge in waits.Where(wait => IsEdge(wait, contexts)))
                {
                    if (dependencies.Exists(dependency => dependency.StepId == edge.Target)) continue;
                    dependencies.Add(new StepDependency(edge.Target, IsOptional: !((AgentCompletionMetadata)edge.Metadata).RequireSuccess));
                }

                List<Dependency> outside = [.. waits.Where(wait => !IsEdge(wait, contexts))];
                if (outside.Count > 0)
                {
                    var waiting = Own(WorkflowDefinition.WaitPrefix + agentId, WaitInput(agentId, outside), WorkflowDefinition.StartStep);
                    steps.Add(waiting);
                    dependencies.Add(waiting.Id);
                }
            }

            steps.Add(AgentStep(agentId, context, performers[agentId], dependencies, options.ConfigureStep));
        }

        steps.Add(Own(WorkflowDefinition.FinishStep, default, [.. contexts.Keys.Order(StringComparer.Ordinal).Select(StepDependency.Optional)]));
        return new Plan
        {
            Name = definition.WorkflowId,
            Steps = steps,
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [WorkflowDefinition.Label] = definition.WorkflowId,
                ["session_id"] = definition.Contexts.SessionId,
            },
        };
    }

    /// <summary>Whether a dependency is on the end of an agent of the workflow, so that the plan's order is all it needs.</summary>
    public static bool IsEdge(Dependency dependency, IReadOnlyDictionary<string, AgentContext> contexts) =>
        dependency.Metadata is AgentCompletionMetadata { CompletionEvent: AgentCompletionMetadata.DefaultEvent } && contexts.ContainsKey(dependency.Target);

    private static Step AgentStep(string agentId, AgentContext context, string performer, List<StepDependency> dependencies, Func<Step, Step>? configure)
    {
        var resources = context.ResourceAllocation;
        var step = new Step
        {
            Id = agentId,
            Agent = performer,
            // What all know is kept once, with the start step.
            Input = JsonFields.Make(writer => AgentContextJson.Write(writer, context with { SharedIntelligence = SharedIntelligence.Empty })),
            DependsOn = dependencies,
            Retry = resources.MaxRetryAttempts == RetryPolicy.Default.MaxRetries ? RetryPolicy.Default : RetryPolicy.Default with { MaxRetries = resources.MaxRetryAttempts },
            Timeouts = new StepTimeouts { Attempt = resources.MaxExecutionTime },
        };
        return configure is null ? step : configure(step) with { Id = step.Id, Input = step.Input };
    }

    private static Step Own(string id, JsonElement input, params IReadOnlyList<StepDependency> dependencies) =>
        new() { Id = id, Agent = WorkflowSteps.AgentName, Input = input, DependsOn = dependencies, Retry = RetryPolicy.None };

    private static JsonElement WaitInput(string agentId, IReadOnlyList<Dependency> dependencies) => JsonFields.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("agent_id", agentId);
        writer.WriteStartArray("dependencies");
        foreach (var dependency in dependencies) DependencyJson.Write(writer, dependency);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
