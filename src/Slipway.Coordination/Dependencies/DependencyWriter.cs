using System.Text.Json;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Dependencies;

/// <summary>Writes dependencies and how they ended, and reads the latter back.</summary>
internal static class DependencyWriter
{
    private static readonly Dictionary<string, DependencyStatus> Statuses = Enum.GetValues<DependencyStatus>().ToDictionary(NameOf, StringComparer.Ordinal);

    public static string NameOf(DependencyStatus status) => status switch
    {
        DependencyStatus.Pending => "pending",
        DependencyStatus.InProgress => "in_progress",
        DependencyStatus.Resolved => "resolved",
        DependencyStatus.Failed => "failed",
        DependencyStatus.Timeout => "timeout",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of a dependency."),
    };

    public static void Write(Utf8JsonWriter writer, Dependency dependency)
    {
        writer.WriteStartObject();
        writer.WriteString("id", dependency.Id);
        writer.WriteString("type", dependency.Kind.Name);
        writer.WriteString("target", dependency.Target);
        writer.WriteNumber("timeout", dependency.Timeout.TotalSeconds);
        writer.WriteNumber("max_retries", dependency.MaxRetries);
        WriteMetadata(writer, dependency.Metadata);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, DependencyResult result)
    {
        writer.WriteStartObject();
        writer.WriteString("coordination_id", result.CoordinationId);
        writer.WriteString("agent_id", result.AgentId);
        writer.WriteString("dependency_id", result.DependencyId);
        writer.WriteBoolean("success", result.Success);
        writer.WriteString("status", NameOf(result.Status));
        writer.WriteNumber("duration_ms", result.Duration.TotalMilliseconds);
        writer.WriteNumber("attempts", result.Attempts);
        if (result.ResolvedAt is { } resolvedAt) writer.WriteString("resolved_at", JsonFields.Time(resolvedAt));
        if (result.Failure is { } failure)
        {
            writer.WriteString("error_message", failure.Message);
            writer.WriteString("error_code", failure.Code);
        }

        writer.WriteStartObject("metadata");
        foreach (var (name, value) in result.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter, DependencyResult)"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static DependencyResult ReadResult(JsonElement json)
    {
        if (!Statuses.TryGetValue(JsonFields.Text(json, "status"), out var status)) throw new JsonException($"'{JsonFields.Text(json, "status")}' is no status of a dependency.");
        return new DependencyResult
        {
            CoordinationId = JsonFields.Text(json, "coordination_id"),
            AgentId = JsonFields.Text(json, "agent_id"),
            DependencyId = JsonFields.Text(json, "dependency_id"),
            Status = status,
            Duration = TimeSpan.FromMilliseconds(JsonFields.Required(json, "duration_ms").GetDouble()),
            Attempts = JsonFields.Required(json, "attempts").GetInt32(),
            ResolvedAt = json.TryGetProperty("resolved_at", out var at) ? at.GetDateTimeOffset() : null,
            Failure = json.TryGetProperty("error_message", out var message)
                ? new Failure { Code = JsonFields.Text(json, "error_code"), Kind = status is DependencyStatus.Timeout ? FailureKind.Timeout : FailureKind.Permanent, Message = message.GetString()! }
                : null,
            Metadata = JsonFields.Required(json, "metadata").EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!, StringComparer.Ordinal),
        };
    }

    private static void WriteMetadata(Utf8JsonWriter writer, DependencyMetadata metadata)
    {
        if (metadata is CustomMetadata { Data: var data })
        {
            if (data.ValueKind is JsonValueKind.Undefined) return;
            writer.WritePropertyName("metadata");
            data.WriteTo(writer);
            return;
        }

        writer.WriteStartObject("metadata");
        switch (metadata)
        {
            case AgentCompletionMetadata agent:
                writer.WriteString("completion_event", agent.CompletionEvent);
                writer.WriteBoolean("require_success", agent.RequireSuccess);
                break;
            case ResourceMetadata resource:
                writer.WriteString("resource_type", resource.ResourceType);
                writer.WriteNumber("check_interval_ms", JsonFields.Milliseconds(resource.CheckInterval));
                writer.WriteNumber("availability_threshold", resource.AvailabilityThreshold);
                break;
            case QualityGateMetadata gate:
                writer.WriteString("gate_type", gate.GateType.Name);
                if (gate.Threshold is { } threshold) writer.WriteNumber("threshold", threshold);
                break;
        }

        writer.WriteEndObject();
    }
}
