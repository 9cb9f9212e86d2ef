using System.Text.Json;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>An agent has ended its work: well, or with an error.</summary>
public sealed record AgentCompleted : SignalPayload, ISignalPayload<AgentCompleted>
{
    /// <inheritdoc/>
    public override SignalType Type => SignalType.AgentCompleted;

    /// <inheritdoc/>
    public override string? Agent => AgentId;

    /// <summary>The agent, 1 to 100 characters. It counts as the one that completed, whoever sent the signal.</summary>
    public required string AgentId { get; init; }

    /// <summary>What it did, for people. Default: empty.</summary>
    public string ResultSummary { get; init; } = "";

    /// <summary>How good the result is, 0 to 1. Default: 1.</summary>
    public double QualityScore { get; init; } = 1;

    /// <summary>How long it took, in milliseconds, at least 0. Default: 0.</summary>
    public double ExecutionTimeMs { get; init; }

    /// <summary>What it made. Default: nothing.</summary>
    public IReadOnlyList<string> ArtifactsGenerated { get; init; } = [];

    /// <summary>Why it failed; null when it succeeded. Default: null.</summary>
    public string? Error { get; init; }

    /// <summary>True when there is no error.</summary>
    public bool IsSuccess => Error is null;

    /// <inheritdoc/>
    public static PayloadResult<AgentCompleted> Read(JsonElement data) => PayloadReader.Read(data, static reader => new AgentCompleted
    {
        AgentId = reader.Name("agent_id"),
        ResultSummary = reader.Text("result_summary"),
        QualityScore = reader.Number("quality_score", orElse: 1),
        ExecutionTimeMs = reader.Number("execution_time_ms"),
        ArtifactsGenerated = reader.Texts("artifacts_generated"),
        Error = reader.OptionalText("error"),
    });

    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("agent_id", AgentId);
        writer.WriteString("result_summary", ResultSummary);
        writer.WriteNumber("quality_score", QualityScore);
        writer.WriteNumber("execution_time_ms", ExecutionTimeMs);
        JsonFields.WriteTexts(writer, "artifacts_generated", ArtifactsGenerated);
        if (Error is not null) writer.WriteString("error", Error);
    }

    internal override void Check(PayloadCheck check)
    {
        check.OptionalText(Error);
        check.Name("agent_id", AgentId);
        check.Text("result_summary", ResultSummary);
        check.Share("quality_score", QualityScore);
        check.AtLeastZero("execution_time_ms", ExecutionTimeMs);
        check.Texts("artifacts_generated", ArtifactsGenerated);
    }

    internal override bool TryGetScalar(string name, out SignalValue value)
    {
        value = name switch
        {
            "agent_id" => AgentId,
            "result_summary" => ResultSummary,
            "quality_score" => QualityScore,
            "execution_time_ms" => ExecutionTimeMs,
            "error" => Error,
            _ => default,
        };
        return name is "agent_id" or "result_summary" or "quality_score" or "execution_time_ms" or "error";
    }
}
