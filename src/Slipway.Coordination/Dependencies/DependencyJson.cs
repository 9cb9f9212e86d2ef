using System.Text.Json;
using Slipway.Coordination.Dependencies.Resolving;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Gates;

namespace Slipway.Coordination.Dependencies;

/// <summary>
/// Reads dependencies from JSON: <c>{"id", "type", "target", "timeout", "max_retries", "metadata"}</c>, where <c>dependency_id</c> and
/// <c>dependency_type</c> are the same as <c>id</c> and <c>type</c>, <c>timeout</c> is in seconds, and <c>metadata</c> has the fields of the
/// type. Strict: unknown fields and every other problem are reported at once, each with its path. Text instead of an object names an agent.
/// </summary>
public static class DependencyJson
{
    /// <summary>
    /// Reads the dependencies of an agent's context: the whole package, with <c>coordination_metadata.agent_id</c> and
    /// <c>agent_assignment.dependencies</c>, or the short form <c>{"agent_id", "dependencies"}</c>. A context without any list of
    /// dependencies is a problem: it is never taken for one that waits for nothing.
    /// </summary>
    public static DependencyList ReadContext(JsonElement context)
    {
        var problems = new List<Diagnostic>();
        var agentId = Find(context, "coordination_metadata", "agent_id");
        var list = Find(context, "agent_assignment", "dependencies");
        var agent = agentId.ValueKind is JsonValueKind.String ? agentId.GetString()! : "";
        if (agent.Length == 0) problems.Add(Missing("agent_id", "The context does not say whose it is", "Add 'agent_id', or 'coordination_metadata' with it."));
        if (list.ValueKind is JsonValueKind.Undefined) problems.Add(Missing("dependencies", "The context has no list of dependencies", "Add 'dependencies', or 'agent_assignment' with them; an empty list for none."));
        return new DependencyList(agent, list.ValueKind is JsonValueKind.Undefined ? [] : ReadList(list, problems), problems);
    }

    /// <summary>Reads a list of dependencies.</summary>
    /// <param name="list">The list.</param>
    /// <param name="agentId">Who waits.</param>
    public static DependencyList Read(JsonElement list, string agentId)
    {
        var problems = new List<Diagnostic>();
        return new DependencyList(agentId, ReadList(list, problems), problems);
    }

    /// <summary>Writes a dependency, so that <see cref="Read(JsonElement, string)"/> reads it as it is.</summary>
    public static void Write(Utf8JsonWriter writer, Dependency dependency)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(dependency);
        DependencyWriter.Write(writer, dependency);
    }

    /// <summary>Writes how a dependency stands or ended: an object with <c>coordination_id</c>, <c>agent_id</c>, <c>dependency_id</c>, <c>success</c>, <c>status</c> and what else is known.</summary>
    public static void Write(Utf8JsonWriter writer, DependencyResult result)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        DependencyWriter.Write(writer, result);
    }

    private static List<Dependency> ReadList(JsonElement list, List<Diagnostic> problems)
    {
        var dependencies = new List<Dependency>();
        if (list.ValueKind is not JsonValueKind.Array)
        {
            problems.Add(new Diagnostic { Code = DependencyProblems.Shape.Type, Summary = $"'dependencies' must be a list but is {JsonShape.Describe(list)}", Place = new SourcePlace(null, Path: "dependencies"), Fix = "Write a list." });
            return dependencies;
        }

        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            if (item.ValueKind is JsonValueKind.String) dependencies.Add(Dependency.OnAgent(item.GetString()!));
            else if (JsonShape.Open(item, $"dependencies[{index}]", DependencyProblems.Shape, problems) is { } shape) dependencies.Add(Read(shape, problems));
        }

        if (problems.Count == 0) DependencyCheck.Find(dependencies, problems);
        return dependencies;
    }

    private static Dependency Read(JsonShape shape, List<Diagnostic> problems)
    {
        var id = EitherOf(shape, "id", "dependency_id");
        var kind = EitherOf(shape, "type", "dependency_type");
        var target = shape.Text("target");
        var timeout = shape.Number("timeout");
        var retries = shape.Integer("max_retries");
        var json = shape.Any("metadata");
        DependencyMetadata metadata = new AgentCompletionMetadata();
        var targetInMetadata = default(string);
        if (kind.Length > 0 && !IsOwn(kind)) metadata = new CustomMetadata(new DependencyKind(kind), json.ValueKind is JsonValueKind.Undefined ? default : json.Clone());
        else if (json.ValueKind is JsonValueKind.Undefined) metadata = ReadMetadata(kind, null, out _);
        else if (JsonShape.Open(json, shape.PathOf("metadata"), DependencyProblems.Shape, problems) is { } fields)
        {
            metadata = ReadMetadata(kind, fields, out targetInMetadata);
            fields.Finish();
        }

        if (target is null && targetInMetadata is null && !shape.Has("target")) shape.Required("target");
        if (target is not null && targetInMetadata is not null && target != targetInMetadata)
            shape.Report(DependencyProblems.Shape.Value, "target", $"is '{target}', but its metadata name '{targetInMetadata}'", "Name one target.");
        var isTimeout = timeout is null || (timeout > 0 && timeout <= TimeSpan.MaxValue.TotalSeconds / 2);
        if (!isTimeout) shape.Report(DependencyProblems.Shape.Value, "timeout", "must be more than 0 and at most 24 days", "Give a number of seconds.");
        shape.Finish();
        return new Dependency
        {
            Id = id,
            Target = target ?? targetInMetadata ?? "",
            Metadata = metadata,
            Timeout = TimeSpan.FromSeconds(isTimeout ? timeout ?? 120 : 120),
            MaxRetries = retries ?? 3,
        };
    }

    private static bool IsOwn(string kind) =>
        new DependencyKind(kind) is var named && (named == DependencyKind.AgentCompletion || named == DependencyKind.ResourceAvailability || named == DependencyKind.QualityGate);

    private static DependencyMetadata ReadMetadata(string kind, JsonShape? fields, out string? target)
    {
        target = null;
        if (kind == DependencyKind.ResourceAvailability.Name)
        {
            var resource = new ResourceMetadata();
            if (fields is null) return resource;
            target = fields.Text("resource_id");
            return new ResourceMetadata
            {
                ResourceType = fields.Text("resource_type") ?? resource.ResourceType,
                CheckInterval = fields.Milliseconds("check_interval_ms") ?? resource.CheckInterval,
                AvailabilityThreshold = fields.Number("availability_threshold") ?? resource.AvailabilityThreshold,
            };
        }

        if (kind == DependencyKind.QualityGate.Name)
        {
            if (fields is null) return new QualityGateMetadata();
            target = fields.Text("gate_id");
            // Gates tell by themselves: the interval is checked and has no effect.
            fields.Milliseconds("check_interval_ms");
            var type = fields.Text("gate_type");
            if (type is not null && !GateType.TryParse(type, out _)) fields.Report(DependencyProblems.Shape.Value, "gate_type", $"is '{type}', which is no name of a gate type", "Use coverage, linting, type_checking, security or a name of your own.");
            return new QualityGateMetadata { GateType = GateType.TryParse(type, out var known) ? known : GateType.Score, Threshold = fields.Number("threshold") };
        }

        if (fields is null) return new AgentCompletionMetadata();
        target = fields.Text("agent_id");
        return new AgentCompletionMetadata
        {
            CompletionEvent = fields.Text("completion_event") ?? AgentCompletionMetadata.DefaultEvent,
            RequireSuccess = fields.Boolean("require_success") ?? true,
        };
    }

    /// <summary>A field that has two spellings: one of them must be there, both only when they agree.</summary>
    private static string EitherOf(JsonShape shape, string name, string otherName)
    {
        var (value, other) = (shape.Text(name), shape.Text(otherName));
        if (!shape.Has(name) && !shape.Has(otherName)) return shape.RequiredText(name);
        if (value is not null && other is not null && value != other)
            shape.Report(DependencyProblems.Shape.Value, otherName, $"is '{other}', but '{name}' is '{value}'", "Write one of them.");
        return value ?? other ?? "";
    }

    private static JsonElement Find(JsonElement context, string part, string name)
    {
        if (context.ValueKind is not JsonValueKind.Object) return default;
        if (context.TryGetProperty(part, out var inner) && inner.ValueKind is JsonValueKind.Object && inner.TryGetProperty(name, out var nested)) return nested;
        return context.TryGetProperty(name, out var direct) ? direct : default;
    }

    private static Diagnostic Missing(string path, string summary, string fix) =>
        new() { Code = DependencyProblems.Shape.Missing, Summary = summary, Place = new SourcePlace(null, Path: path), Fix = fix };
}
