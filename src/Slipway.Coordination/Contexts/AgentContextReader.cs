using System.Globalization;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>Reads packages and their parts strictly, with all problems at once.</summary>
internal static class AgentContextReader
{
    public static ContextCheck<T> Read<T>(JsonElement json, string path, Func<JsonElement, string, List<Diagnostic>, T?> read)
        where T : class
    {
        var problems = new List<Diagnostic>();
        var value = read(json, path, problems);
        return new ContextCheck<T>(problems.Count == 0 ? value : null, problems);
    }

    public static AgentContext? Context(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var metadata = Metadata(shape.Required("coordination_metadata"), shape.PathOf("coordination_metadata"), problems);
        var assignment = Assignment(shape.Required("agent_assignment"), shape.PathOf("agent_assignment"), problems);
        var version = shape.Integer("context_version") ?? 1;
        ContextRules.CheckRange(version >= 1, shape.PathOf("context_version"), "1 or more", problems);
        var context = new AgentContext
        {
            CoordinationMetadata = metadata!,
            SharedIntelligence = Part("shared_intelligence", Shared) ?? SharedIntelligence.Empty,
            AgentAssignment = assignment!,
            CoordinationProtocols = Part("coordination_protocols", Protocols) ?? CoordinationProtocols.Default,
            ResourceAllocation = Part("resource_allocation", Resources) ?? ResourceAllocation.Default,
            ContextVersion = version,
        };
        shape.Finish();
        return context;

        T? Part<T>(string name, Func<JsonElement, string, List<Diagnostic>, T?> read)
            where T : class
        {
            var part = shape.Any(name);
            return part.ValueKind is JsonValueKind.Undefined ? null : read(part, shape.PathOf(name), problems);
        }
    }

    private static CoordinationMetadata? Metadata(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (json.ValueKind is JsonValueKind.Undefined || JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var agentId = Name("agent_id", isRequired: true);
        var metadata = new CoordinationMetadata
        {
            SessionId = Name("session_id", isRequired: true),
            CoordinationId = Name("coordination_id", isRequired: true),
            AgentId = agentId,
            AgentRole = shape.Has("agent_role") ? Name("agent_role", isRequired: true) : agentId,
            ParentWorkflowId = shape.Has("parent_workflow_id") ? Name("parent_workflow_id", isRequired: false) : null,
            CreatedAt = Time(shape),
        };
        shape.Finish();
        return metadata;

        string Name(string name, bool isRequired)
        {
            var text = isRequired ? shape.RequiredText(name) : shape.Text(name) ?? "";
            // What is missing or no text was told already.
            if (shape.Any(name).ValueKind is JsonValueKind.String) ContextRules.CheckName(text, shape.PathOf(name), name, problems);
            return text;
        }
    }

    private static DateTimeOffset Time(JsonShape shape)
    {
        var text = shape.RequiredText("created_at");
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return at;
        if (text.Length > 0) shape.Report(ContextCodes.Shape.Value, "created_at", "is no time", "Write it as 2026-01-02T12:00:00Z.");
        return default;
    }

    public static SharedIntelligence? Shared(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var shared = SharedIntelligence.Empty;
        foreach (var (name, field) in ContextNames.Fields)
        {
            var data = shape.Map(name);
            ContextRules.Check(field, data, shape.PathOf(name), problems);
            shared = shared.With(field, data);
        }

        shape.Finish();
        return shared;
    }

    public static Dictionary<string, AgentAssignment>? Assignments(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var assignments = new Dictionary<string, AgentAssignment>(StringComparer.Ordinal);
        foreach (var agent in json.EnumerateObject())
        {
            shape.Any(agent.Name);
            if (Assignment(agent.Value, shape.PathOf(agent.Name), problems) is { } assignment) assignments[agent.Name] = assignment;
        }

        return assignments;
    }

    private static AgentAssignment? Assignment(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (json.ValueKind is JsonValueKind.Undefined || JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var assignment = new AgentAssignment
        {
            AgentRole = shape.Text("agent_role"),
            Objective = shape.Text("objective") ?? "",
            Tasks = shape.Texts("tasks"),
            InputData = shape.Map("input_data"),
            Dependencies = shape.Texts("dependencies"),
            OutputRequirements = shape.Map("output_requirements"),
            SuccessCriteria = shape.Map("success_criteria"),
        };
        shape.Finish();
        // Where items are no text, those behind them stand elsewhere than they seem.
        var isWhole = shape.Any("dependencies") is not { ValueKind: JsonValueKind.Array } given || given.GetArrayLength() == assignment.Dependencies.Count;
        ContextRules.Check(isWhole ? assignment : assignment with { Dependencies = [] }, path, problems);
        return assignment;
    }

    public static CoordinationProtocols? Protocols(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var defaults = CoordinationProtocols.Default;
        var protocols = new CoordinationProtocols
        {
            UpdateInterval = shape.Milliseconds("update_interval_ms") ?? defaults.UpdateInterval,
            HeartbeatInterval = shape.Milliseconds("heartbeat_interval_ms") ?? defaults.HeartbeatInterval,
            StatusUpdateChannel = shape.Text("status_update_channel") ?? defaults.StatusUpdateChannel,
            ResultDeliveryChannel = shape.Text("result_delivery_channel") ?? defaults.ResultDeliveryChannel,
            ErrorReportingChannel = shape.Text("error_reporting_channel") ?? defaults.ErrorReportingChannel,
            CoordinationEndpoint = shape.Text("coordination_endpoint"),
        };
        shape.Finish();
        ContextRules.Check(protocols, path, problems);
        return protocols;
    }

    public static ResourceAllocation? Resources(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var defaults = ResourceAllocation.Default;
        var resources = new ResourceAllocation
        {
            MaxExecutionTime = shape.Milliseconds("max_execution_time_ms") ?? defaults.MaxExecutionTime,
            MaxRetryAttempts = shape.Integer("max_retry_attempts") ?? defaults.MaxRetryAttempts,
            MaxMemoryMb = shape.Integer("max_memory_mb") ?? defaults.MaxMemoryMb,
            QualityThreshold = shape.Number("quality_threshold") ?? defaults.QualityThreshold,
            Timeout = shape.Milliseconds("timeout_ms") ?? defaults.Timeout,
            ConcurrencyLimit = shape.Integer("concurrency_limit") ?? defaults.ConcurrencyLimit,
        };
        shape.Finish();
        ContextRules.Check(resources, path, problems);
        return resources;
    }

    public static ContextUpdate? Update(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (JsonShape.Open(json, path, ContextCodes.Shape, problems) is not { } shape) return null;
        var targets = shape.Any("target_agents");
        var update = new ContextUpdate
        {
            CoordinationId = shape.RequiredText("coordination_id"),
            Field = shape.RequiredChoice("update_type", ContextNames.Fields),
            Data = shape.Map("update_data"),
            TargetAgents = targets.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : shape.Texts("target_agents"),
            IncrementVersion = shape.Boolean("increment_version") ?? true,
        };
        shape.Required("update_data");
        shape.Finish();
        return update;
    }
}
