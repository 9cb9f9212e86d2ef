using System.Text.Json;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Workflows;

/// <summary>What a workflow is, as its plan says it: enough to go on with it in another process.</summary>
internal sealed record WorkflowDefinition
{
    public const string StartStep = "@start";
    public const string FinishStep = "@finish";
    public const string WaitPrefix = "@wait/";
    public const string Label = "workflow_id";

    public required string WorkflowId { get; init; }

    public required bool EnableSignals { get; init; }

    public required bool EnableRouting { get; init; }

    /// <summary>What is distributed.</summary>
    public required ContextRequest Contexts { get; init; }

    public required IReadOnlyList<string> Resources { get; init; }

    public required IReadOnlyList<string> ExternalAgents { get; init; }

    public required IReadOnlyList<QualityGate> Gates { get; init; }

    public string CoordinationId => Contexts.CoordinationId;

    public static bool IsWorkflow(Plan plan) => plan.Steps is [{ Id: StartStep, Agent: WorkflowSteps.AgentName }, ..] && plan.Labels.ContainsKey(Label);

    /// <summary>What the start step is given.</summary>
    public JsonElement ToJson() => JsonFields.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("coordination_id", CoordinationId);
        writer.WriteString("session_id", Contexts.SessionId);
        if (Contexts.ParentWorkflowId is { } parent) writer.WriteString("parent_workflow_id", parent);
        writer.WriteString("created_at", Contexts.CreatedAt!.Value.UtcDateTime);
        writer.WriteBoolean("enable_signals", EnableSignals);
        writer.WriteBoolean("enable_routing", EnableRouting);
        JsonFields.WriteTexts(writer, "resources", Resources);
        JsonFields.WriteTexts(writer, "external_agents", ExternalAgents);
        writer.WriteStartArray("quality_gates");
        foreach (var gate in Gates)
        {
            writer.WriteStartObject();
            writer.WriteString("gate_id", gate.Id);
            writer.WriteString("gate_type", gate.Type.Name);
            writer.WriteNumber("threshold", gate.Threshold);
            writer.WriteBoolean("lower_is_better", gate.Direction is GateDirection.AtMost);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (Contexts.Shared is { } shared)
        {
            writer.WritePropertyName("shared_intelligence");
            AgentContextJson.Write(writer, shared);
        }

        writer.WriteEndObject();
    });

    /// <summary>Reads what a plan says.</summary>
    /// <exception cref="JsonException">The plan is no workflow, or not readable.</exception>
    public static WorkflowDefinition Read(Plan plan)
    {
        if (!IsWorkflow(plan)) throw new JsonException($"The plan '{plan.Name}' is no workflow.");
        var start = plan.Steps[0].Input;
        var assignments = new Dictionary<string, AgentAssignment>(StringComparer.Ordinal);
        var resources = new Dictionary<string, ResourceAllocation>(StringComparer.Ordinal);
        CoordinationProtocols? protocols = null;
        foreach (var step in plan.Steps.Where(step => step.Id[0] != '@'))
        {
            if (AgentContextJson.Read(step.Input).Value is not { } context) throw new JsonException($"The step '{step.Id}' of the plan '{plan.Name}' holds no context.");
            assignments.Add(step.Id, context.AgentAssignment with { AgentRole = context.CoordinationMetadata.AgentRole });
            resources.Add(step.Id, context.ResourceAllocation);
            protocols = context.CoordinationProtocols;
        }

        return new WorkflowDefinition
        {
            WorkflowId = plan.Labels[Label],
            EnableSignals = JsonFields.Required(start, "enable_signals").GetBoolean(),
            EnableRouting = JsonFields.Required(start, "enable_routing").GetBoolean(),
            Resources = JsonFields.ReadTexts(start, "resources"),
            ExternalAgents = JsonFields.ReadTexts(start, "external_agents"),
            Gates =
            [
                .. JsonFields.Required(start, "quality_gates").EnumerateArray().Select(gate => new QualityGate
                {
                    Id = JsonFields.Text(gate, "gate_id"),
                    Type = GateType.Of(JsonFields.Text(gate, "gate_type")),
                    Threshold = JsonFields.Required(gate, "threshold").GetDouble(),
                    Direction = JsonFields.Required(gate, "lower_is_better").GetBoolean() ? GateDirection.AtMost : GateDirection.AtLeast,
                }),
            ],
            Contexts = new ContextRequest
            {
                CoordinationId = JsonFields.Text(start, "coordination_id"),
                SessionId = JsonFields.Text(start, "session_id"),
                ParentWorkflowId = start.TryGetProperty("parent_workflow_id", out var parent) ? parent.GetString() : null,
                CreatedAt = JsonFields.Required(start, "created_at").GetDateTimeOffset(),
                Assignments = assignments,
                Resources = resources,
                Protocols = protocols,
                Shared = start.TryGetProperty("shared_intelligence", out var shared) ? AgentContextJson.ReadShared(shared).Value : null,
            },
        };
    }
}
