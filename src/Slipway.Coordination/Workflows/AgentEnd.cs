using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Serialization;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Workflows;

/// <summary>
/// How an attempt of an agent ended, as signals and routing see it. Of an output that is an object, <c>quality_score</c>,
/// <c>result_summary</c> and <c>artifacts_generated</c> go into the signal.
/// </summary>
internal sealed record AgentEnd(string AgentId, StepOutcome Outcome, int Attempt, int Retries, double QualityThreshold, TimeSpan Elapsed)
{
    private JsonElement Output => Outcome is StepSuccess { Output: { ValueKind: JsonValueKind.Object } output } ? output : default;

    private double? QualityScore => Find("quality_score", JsonValueKind.Number)?.GetDouble() is { } score and >= 0 and <= 1 ? score : null;

    public static AgentEnd Of(string agentId, StepOutcome outcome, StepContext context, AgentContext package, TimeSpan elapsed) => new(
        agentId, outcome, context.Attempt, context.Step.Retry.MaxRetries - context.Host.RetriesLeft, package.ResourceAllocation.QualityThreshold, elapsed);

    /// <summary>
    /// What is routed by: the agent's output, and <c>agent_id</c>, <c>attempt</c>, <c>succeeded</c>, <c>quality_score</c> (where it gave one) and
    /// <c>quality_threshold</c>; of a failure <c>error</c>, <c>error_code</c> and <c>error_count</c>, which counts the failed attempts.
    /// </summary>
    public RoutingState ToState() => JsonFields.Make(writer =>
    {
        var own = new HashSet<string>(StringComparer.Ordinal) { "agent_id", "attempt", "succeeded", "quality_threshold" };
        writer.WriteStartObject();
        writer.WriteString("agent_id", AgentId);
        writer.WriteNumber("attempt", Attempt);
        writer.WriteBoolean("succeeded", Outcome is StepSuccess);
        writer.WriteNumber("quality_threshold", QualityThreshold);
        if (Outcome is StepFailure { Failure: var failure })
        {
            writer.WriteString("error", failure.Message);
            writer.WriteString("error_code", failure.Code);
            writer.WriteNumber("error_count", Retries + 1);
        }

        if (Output.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in Output.EnumerateObject())
            {
                if (own.Add(property.Name)) property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    });

    /// <summary>The signal that tells of the end, with what routing made of it.</summary>
    public AgentCompleted ToSignal(StepOutcome outcome) => new()
    {
        AgentId = AgentId,
        ResultSummary = Find("result_summary", JsonValueKind.String)?.GetString() ?? "",
        QualityScore = outcome is StepSuccess ? QualityScore ?? 1 : 0,
        ExecutionTimeMs = Elapsed.TotalMilliseconds,
        ArtifactsGenerated = Find("artifacts_generated", JsonValueKind.Array) is { } artifacts
            ? [.. artifacts.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)]
            : [],
        Error = outcome switch
        {
            StepFailure { Failure: var failure } => failure.Message,
            StepSkip skip => $"skipped: {skip.Reason}",
            _ => null,
        },
    };

    private JsonElement? Find(string name, JsonValueKind kind) =>
        Output.ValueKind is JsonValueKind.Object && Output.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
