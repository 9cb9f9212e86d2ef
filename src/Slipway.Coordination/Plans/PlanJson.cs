using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Recovery;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Plans;

/// <summary>
/// The canonical JSON form of a plan: fixed order of properties, labels sorted, defaults left out, inputs as given, no white space.
/// Equal plans give equal bytes.
/// </summary>
public static class PlanJson
{
    /// <summary>Writes the plan as UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, Plan plan)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        Write(writer, plan);
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, Plan)"/> wrote; unknown properties are passed over.</summary>
    /// <exception cref="JsonException">It is not the JSON form of a plan.</exception>
    public static Plan Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, JsonFields.ReaderOptions);
        return Read(document.RootElement);
    }

    internal static void Write(Utf8JsonWriter writer, Plan plan)
    {
        writer.WriteStartObject();
        writer.WriteString("name", plan.Name);
        if (plan.Labels.Count > 0)
        {
            writer.WriteStartObject("labels");
            foreach (var (key, value) in plan.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)) writer.WriteString(key, value);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("steps");
        foreach (var step in plan.Steps) WriteStep(writer, step);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    internal static Plan Read(JsonElement json) => new()
    {
        Name = JsonFields.Text(json, "name"),
        Labels = json.TryGetProperty("labels", out var labels)
            ? labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal)
            : new Dictionary<string, string>(StringComparer.Ordinal),
        Steps = [.. JsonFields.Required(json, "steps").EnumerateArray().Select(ReadStep)],
    };

    internal static void WriteStep(Utf8JsonWriter writer, Step step)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Id);
        writer.WriteString("agent", step.Agent);
        JsonFields.WriteElement(writer, "input", step.Input);
        if (step.DependsOn.Count > 0) WriteDependencies(writer, step.DependsOn);
        if (step.Modifies.Count > 0) JsonFields.WriteTexts(writer, "modifies", step.Modifies);
        WritePolicies(writer, step.Retry, step.Timeouts);
        if (step.Criticality is not Criticality.Normal) writer.WriteString("criticality", PlanNames.Of(step.Criticality));
        if (step.Approval is { } approval)
        {
            writer.WritePropertyName("approval");
            WriteApproval(writer, approval);
        }

        if (step.Recovery.Rules.Count > 0)
        {
            writer.WritePropertyName("recovery");
            RecoveryPolicyJson.Write(writer, step.Recovery);
        }

        if (step.Compensation is { } compensation)
        {
            writer.WritePropertyName("compensation");
            WriteCompensation(writer, compensation);
        }

        if (step.OnInterrupted is not OnInterrupted.Retry) writer.WriteString("on_interrupted", PlanNames.Of(step.OnInterrupted));
        writer.WriteEndObject();
    }

    private static void WriteDependencies(Utf8JsonWriter writer, IReadOnlyList<StepDependency> dependencies)
    {
        WriteIds("depends_on", isOptional: false);
        WriteIds("after", isOptional: true);

        void WriteIds(string name, bool isOptional)
        {
            var isOpen = false;
            for (var i = 0; i < dependencies.Count; i++)
            {
                if (dependencies[i].IsOptional != isOptional) continue;
                if (!isOpen) writer.WriteStartArray(name);
                isOpen = true;
                writer.WriteStringValue(dependencies[i].StepId);
            }

            if (isOpen) writer.WriteEndArray();
        }
    }

    private static void WriteRetry(Utf8JsonWriter writer, RetryPolicy retry)
    {
        writer.WriteStartObject("retry");
        writer.WriteNumber("max_retries", retry.MaxRetries);
        writer.WriteNumber("first_delay_ms", JsonFields.Milliseconds(retry.FirstDelay));
        writer.WriteNumber("factor", retry.Factor);
        writer.WriteNumber("max_delay_ms", JsonFields.Milliseconds(retry.MaxDelay));
        writer.WriteNumber("jitter", retry.Jitter);
        writer.WriteEndObject();
    }

    private static void WritePolicies(Utf8JsonWriter writer, RetryPolicy retry, StepTimeouts timeouts)
    {
        if (retry != RetryPolicy.Default) WriteRetry(writer, retry);
        if (timeouts.Attempt is { } attempt) writer.WriteNumber("timeout_ms", JsonFields.Milliseconds(attempt));
        if (timeouts.Total is { } total) writer.WriteNumber("total_timeout_ms", JsonFields.Milliseconds(total));
        if (timeouts.Heartbeat is { } heartbeat) writer.WriteNumber("heartbeat_ms", JsonFields.Milliseconds(heartbeat));
    }

    internal static void WriteCompensation(Utf8JsonWriter writer, CompensationAction compensation)
    {
        writer.WriteStartObject();
        writer.WriteString("agent", compensation.Agent);
        JsonFields.WriteElement(writer, "input", compensation.Input);
        WritePolicies(writer, compensation.Retry, compensation.Timeouts);
        writer.WriteEndObject();
    }

    internal static CompensationAction ReadCompensation(JsonElement json) => new()
    {
        Agent = JsonFields.Text(json, "agent"),
        Input = JsonFields.ReadElement(json, "input"),
        Retry = json.TryGetProperty("retry", out var retry) ? ReadRetry(retry) : RetryPolicy.Default,
        Timeouts = ReadTimeouts(json),
    };

    internal static void WriteApproval(Utf8JsonWriter writer, ApprovalPolicy approval)
    {
        writer.WriteStartObject();
        writer.WriteString("question", approval.Question);
        if (approval.Approvers.Count > 0) JsonFields.WriteTexts(writer, "approvers", approval.Approvers);
        if (approval.Expiry is { } expiry) writer.WriteNumber("expiry_ms", JsonFields.Milliseconds(expiry));
        writer.WriteEndObject();
    }

    internal static ApprovalPolicy ReadApproval(JsonElement json) => new()
    {
        Question = JsonFields.Text(json, "question"),
        Approvers = json.TryGetProperty("approvers", out var approvers) ? [.. approvers.EnumerateArray().Select(approver => approver.GetString()!)] : [],
        Expiry = json.TryGetProperty("expiry_ms", out var expiry) ? JsonFields.Duration(expiry) : null,
    };

    internal static Step ReadStep(JsonElement json) => new()
    {
        Id = JsonFields.Text(json, "id"),
        Agent = JsonFields.Text(json, "agent"),
        Input = JsonFields.ReadElement(json, "input"),
        DependsOn = ReadDependencies(json),
        Modifies = json.TryGetProperty("modifies", out var modifies) ? [.. modifies.EnumerateArray().Select(resource => resource.GetString()!)] : [],
        Retry = json.TryGetProperty("retry", out var retry) ? ReadRetry(retry) : RetryPolicy.Default,
        Timeouts = ReadTimeouts(json),
        Criticality = json.TryGetProperty("criticality", out var criticality) ? PlanNames.ToCriticality(criticality.GetString()) : Criticality.Normal,
        Approval = json.TryGetProperty("approval", out var approval) ? ReadApproval(approval) : null,
        Recovery = json.TryGetProperty("recovery", out var recovery) ? ReadRecovery(recovery) : RecoveryPolicy.None,
        Compensation = json.TryGetProperty("compensation", out var compensation) ? ReadCompensation(compensation) : null,
        OnInterrupted = json.TryGetProperty("on_interrupted", out var interrupted) ? PlanNames.ToOnInterrupted(interrupted.GetString()) : OnInterrupted.Retry,
    };

    private static RecoveryPolicy ReadRecovery(JsonElement json)
    {
        var check = RecoveryPolicyJson.Read(json);
        return check.Policy ?? throw new JsonException($"The recovery is no policy: {string.Join(' ', check.Problems)}");
    }

    private static List<StepDependency> ReadDependencies(JsonElement json)
    {
        var dependencies = new List<StepDependency>();
        if (json.TryGetProperty("depends_on", out var required))
            dependencies.AddRange(required.EnumerateArray().Select(id => new StepDependency(id.GetString()!)));
        if (json.TryGetProperty("after", out var optional))
            dependencies.AddRange(optional.EnumerateArray().Select(id => StepDependency.Optional(id.GetString()!)));
        return dependencies;
    }

    private static RetryPolicy ReadRetry(JsonElement json) => new()
    {
        MaxRetries = JsonFields.Required(json, "max_retries").GetInt32(),
        FirstDelay = JsonFields.Duration(JsonFields.Required(json, "first_delay_ms")),
        Factor = JsonFields.Required(json, "factor").GetDouble(),
        MaxDelay = JsonFields.Duration(JsonFields.Required(json, "max_delay_ms")),
        Jitter = JsonFields.Required(json, "jitter").GetDouble(),
    };

    private static StepTimeouts ReadTimeouts(JsonElement json)
    {
        var hasAttempt = json.TryGetProperty("timeout_ms", out var attempt);
        var hasTotal = json.TryGetProperty("total_timeout_ms", out var total);
        var hasHeartbeat = json.TryGetProperty("heartbeat_ms", out var heartbeat);
        return hasAttempt || hasTotal || hasHeartbeat
            ? new StepTimeouts { Attempt = hasAttempt ? JsonFields.Duration(attempt) : null, Total = hasTotal ? JsonFields.Duration(total) : null, Heartbeat = hasHeartbeat ? JsonFields.Duration(heartbeat) : null }
            : StepTimeouts.None;
    }
}
