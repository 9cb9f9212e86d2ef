using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Contexts;

/// <summary>
/// The JSON form of packages and their parts: snake_case names, times in milliseconds, every field written. Reading is strict: a field that
/// does not exist, a value of another type or out of its range, and everything else that is wrong is told at once, each with its path.
/// </summary>
public static class AgentContextJson
{
    /// <summary>Writes a package as UTF-8. Equal packages give equal bytes.</summary>
    public static void Write(IBufferWriter<byte> output, AgentContext context)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        Write(writer, context);
    }

    /// <summary>Writes a package as an object.</summary>
    public static void Write(Utf8JsonWriter writer, AgentContext context)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(context);
        writer.WriteStartObject();
        WriteMetadata(writer, context.CoordinationMetadata);
        writer.WritePropertyName("shared_intelligence");
        Write(writer, context.SharedIntelligence);
        WriteAssignment(writer, context.AgentAssignment);
        WriteProtocols(writer, context.CoordinationProtocols);
        WriteResources(writer, context.ResourceAllocation);
        writer.WriteNumber("context_version", context.ContextVersion);
        writer.WriteEndObject();
    }

    /// <summary>Writes what all agents know as an object.</summary>
    public static void Write(Utf8JsonWriter writer, SharedIntelligence shared)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(shared);
        writer.WriteStartObject();
        foreach (var (name, field) in ContextNames.Fields) WriteMap(writer, name, shared[field]);
        writer.WriteEndObject();
    }

    /// <summary>Writes an update as an object.</summary>
    public static void Write(Utf8JsonWriter writer, ContextUpdate update)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(update);
        writer.WriteStartObject();
        writer.WriteString("coordination_id", update.CoordinationId);
        writer.WriteString("update_type", ContextNames.Of(update.Field));
        WriteMap(writer, "update_data", update.Data);
        if (update.TargetAgents is { } targets) JsonFields.WriteTexts(writer, "target_agents", [.. targets]);
        writer.WriteBoolean("increment_version", update.IncrementVersion);
        writer.WriteEndObject();
    }

    /// <summary>Reads a package. Fields that are left out have their defaults.</summary>
    public static ContextCheck<AgentContext> Read(JsonElement json) => AgentContextReader.Read(json, "", AgentContextReader.Context);

    /// <summary>Reads what all agents know.</summary>
    /// <param name="json">The object.</param>
    /// <param name="path">Where it lies in its document, for problems. Default: it is the document.</param>
    public static ContextCheck<SharedIntelligence> ReadShared(JsonElement json, string path = "") =>
        AgentContextReader.Read(json, path, AgentContextReader.Shared);

    /// <summary>Reads assignments by agent; each may have an <c>agent_role</c>.</summary>
    /// <inheritdoc cref="ReadShared(JsonElement, string)"/>
    public static ContextCheck<IReadOnlyDictionary<string, AgentAssignment>> ReadAssignments(JsonElement json, string path = "") =>
        AgentContextReader.Read<IReadOnlyDictionary<string, AgentAssignment>>(json, path, AgentContextReader.Assignments);

    /// <summary>Reads an update: <c>coordination_id</c>, <c>update_type</c>, <c>update_data</c>, <c>target_agents</c> and <c>increment_version</c>.</summary>
    public static ContextCheck<ContextUpdate> ReadUpdate(JsonElement json) => AgentContextReader.Read(json, "", AgentContextReader.Update);

    /// <summary>Reads how agents and coordination talk.</summary>
    /// <inheritdoc cref="ReadShared(JsonElement, string)"/>
    public static ContextCheck<CoordinationProtocols> ReadProtocols(JsonElement json, string path = "") =>
        AgentContextReader.Read(json, path, AgentContextReader.Protocols);

    /// <summary>Reads what an agent may use.</summary>
    /// <inheritdoc cref="ReadShared(JsonElement, string)"/>
    public static ContextCheck<ResourceAllocation> ReadResources(JsonElement json, string path = "") =>
        AgentContextReader.Read(json, path, AgentContextReader.Resources);

    private static void WriteMetadata(Utf8JsonWriter writer, CoordinationMetadata metadata)
    {
        writer.WriteStartObject("coordination_metadata");
        writer.WriteString("session_id", metadata.SessionId);
        writer.WriteString("coordination_id", metadata.CoordinationId);
        writer.WriteString("agent_id", metadata.AgentId);
        writer.WriteString("agent_role", metadata.AgentRole);
        if (metadata.ParentWorkflowId is { } parent) writer.WriteString("parent_workflow_id", parent);
        writer.WriteString("created_at", JsonFields.Time(metadata.CreatedAt));
        writer.WriteEndObject();
    }

    private static void WriteAssignment(Utf8JsonWriter writer, AgentAssignment assignment)
    {
        writer.WriteStartObject("agent_assignment");
        writer.WriteString("objective", assignment.Objective);
        JsonFields.WriteTexts(writer, "tasks", assignment.Tasks);
        WriteMap(writer, "input_data", assignment.InputData);
        JsonFields.WriteTexts(writer, "dependencies", assignment.Dependencies);
        WriteMap(writer, "output_requirements", assignment.OutputRequirements);
        WriteMap(writer, "success_criteria", assignment.SuccessCriteria);
        writer.WriteEndObject();
    }

    private static void WriteProtocols(Utf8JsonWriter writer, CoordinationProtocols protocols)
    {
        writer.WriteStartObject("coordination_protocols");
        writer.WriteNumber("update_interval_ms", JsonFields.Milliseconds(protocols.UpdateInterval));
        writer.WriteNumber("heartbeat_interval_ms", JsonFields.Milliseconds(protocols.HeartbeatInterval));
        writer.WriteString("status_update_channel", protocols.StatusUpdateChannel);
        writer.WriteString("result_delivery_channel", protocols.ResultDeliveryChannel);
        writer.WriteString("error_reporting_channel", protocols.ErrorReportingChannel);
        if (protocols.CoordinationEndpoint is { } endpoint) writer.WriteString("coordination_endpoint", endpoint);
        writer.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter writer, ResourceAllocation resources)
    {
        writer.WriteStartObject("resource_allocation");
        writer.WriteNumber("max_execution_time_ms", JsonFields.Milliseconds(resources.MaxExecutionTime));
        writer.WriteNumber("max_retry_attempts", resources.MaxRetryAttempts);
        writer.WriteNumber("max_memory_mb", resources.MaxMemoryMb);
        writer.WriteNumber("quality_threshold", resources.QualityThreshold);
        writer.WriteNumber("timeout_ms", JsonFields.Milliseconds(resources.Timeout));
        writer.WriteNumber("concurrency_limit", resources.ConcurrencyLimit);
        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, JsonElement> map)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            writer.WritePropertyName(key);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
