using System.Text.Json;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>An attempt to recover from an agent's error has ended.</summary>
public sealed record ErrorRecoveryCompleted : SignalPayload, ISignalPayload<ErrorRecoveryCompleted>
{
    /// <inheritdoc/>
    public override SignalType Type => SignalType.ErrorRecoveryCompleted;

    /// <inheritdoc/>
    public override string? Agent => AgentId;

    /// <summary>The agent whose error it was, 1 to 100 characters.</summary>
    public required string AgentId { get; init; }

    /// <summary>How it was tried: <c>retry</c>, <c>alternative_path</c>, <c>graceful_degradation</c>, <c>error_correction</c>, <c>escalation</c> or a strategy of your own, 1 to 100 characters.</summary>
    public required string Strategy { get; init; }

    /// <summary>Whether the work can go on. Default: true.</summary>
    public bool Recovered { get; init; } = true;

    /// <summary>How often it was tried, at least 0. Default: 1.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>How long it took, in milliseconds, at least 0. Default: 0.</summary>
    public double DurationMs { get; init; }

    /// <summary>The error, or null when it is not known. Default: null.</summary>
    public string? Error { get; init; }

    /// <inheritdoc/>
    public static PayloadResult<ErrorRecoveryCompleted> Read(JsonElement data) => PayloadReader.Read(data, static reader => new ErrorRecoveryCompleted
    {
        AgentId = reader.Name("agent_id"),
        Strategy = reader.Name("strategy"),
        Recovered = reader.Flag("recovered", orElse: true),
        Attempts = reader.Count("attempts", orElse: 1),
        DurationMs = reader.Number("duration_ms"),
        Error = reader.OptionalText("error"),
    });

    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("agent_id", AgentId);
        writer.WriteString("strategy", Strategy);
        writer.WriteBoolean("recovered", Recovered);
        writer.WriteNumber("attempts", Attempts);
        writer.WriteNumber("duration_ms", DurationMs);
        if (Error is not null) writer.WriteString("error", Error);
    }

    internal override void Check(PayloadCheck check)
    {
        check.OptionalText(Error);
        check.Name("agent_id", AgentId);
        check.Name("strategy", Strategy);
        check.AtLeastZero("attempts", Attempts);
        check.AtLeastZero("duration_ms", DurationMs);
    }

    internal override bool TryGetScalar(string name, out SignalValue value)
    {
        value = name switch
        {
            "agent_id" => AgentId,
            "strategy" => Strategy,
            "recovered" => Recovered,
            "attempts" => Attempts,
            "duration_ms" => DurationMs,
            "error" => Error,
            _ => default,
        };
        return name is "agent_id" or "strategy" or "recovered" or "attempts" or "duration_ms" or "error";
    }
}
