using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Workflows;

/// <summary>
/// The JSON form of a <see cref="WorkflowResult"/>: <c>workflow_id</c>, <c>coordination_id</c>, <c>duration_ms</c>, <c>contexts_distributed</c>,
/// <c>dependencies_resolved</c>, <c>signals_sent</c>, <c>routing_decisions</c>, <c>agent_contexts</c> (by agent), <c>dependency_details</c> and
/// <c>routing_details</c> (lists), and, only where there is one, <c>error</c>.
/// </summary>
public static class WorkflowResultJson
{
    /// <summary>Writes a result as UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, WorkflowResult result)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        Write(writer, result);
    }

    /// <summary>Writes a result as an object.</summary>
    public static void Write(Utf8JsonWriter writer, WorkflowResult result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        writer.WriteStartObject();
        writer.WriteString("workflow_id", result.WorkflowId);
        writer.WriteString("coordination_id", result.CoordinationId);
        writer.WriteNumber("duration_ms", result.Duration.TotalMilliseconds);
        writer.WriteNumber("contexts_distributed", result.ContextsDistributed);
        writer.WriteNumber("dependencies_resolved", result.DependenciesResolved);
        writer.WriteNumber("signals_sent", result.SignalsSent);
        writer.WriteNumber("routing_decisions", result.RoutingDecisions);
        writer.WriteStartObject("agent_contexts");
        foreach (var (agentId, context) in result.AgentContexts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(agentId);
            AgentContextJson.Write(writer, context);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("dependency_details");
        foreach (var dependency in result.DependencyDetails) DependencyJson.Write(writer, dependency);
        writer.WriteEndArray();
        writer.WriteStartArray("routing_details");
        foreach (var routing in result.RoutingDetails) routing.Write(writer);
        writer.WriteEndArray();
        if (result.Error is { } error) writer.WriteString("error", error);
        writer.WriteEndObject();
    }
}
