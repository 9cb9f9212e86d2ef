using System.Text.Json;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>A stage of a staged execution has ended: well, or with an error.</summary>
public sealed record StageCompleted : SignalPayload, ISignalPayload<StageCompleted>
{
    /// <inheritdoc/>
    public override SignalType Type => SignalType.StageCompleted;

    /// <summary>The stage, 1 to 100 characters.</summary>
    public required string Stage { get; init; }

    /// <summary>Its steps that succeeded, at least 0. Default: 0.</summary>
    public int StepsSucceeded { get; init; }

    /// <summary>Its steps that failed, at least 0. Default: 0.</summary>
    public int StepsFailed { get; init; }

    /// <summary>How long it took, in milliseconds, at least 0. Default: 0.</summary>
    public double DurationMs { get; init; }

    /// <summary>Why it failed; null when it succeeded. Default: null.</summary>
    public string? Error { get; init; }

    /// <inheritdoc/>
    public static PayloadResult<StageCompleted> Read(JsonElement data) => PayloadReader.Read(data, static reader => new StageCompleted
    {
        Stage = reader.Name("stage"),
        StepsSucceeded = reader.Count("steps_succeeded"),
        StepsFailed = reader.Count("steps_failed"),
        DurationMs = reader.Number("duration_ms"),
        Error = reader.OptionalText("error"),
    });

    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("stage", Stage);
        writer.WriteNumber("steps_succeeded", StepsSucceeded);
        writer.WriteNumber("steps_failed", StepsFailed);
        writer.WriteNumber("duration_ms", DurationMs);
        if (Error is not null) writer.WriteString("error", Error);
    }

    internal override void Check(PayloadCheck check)
    {
        check.OptionalText(Error);
        check.Name("stage", Stage);
        check.AtLeastZero("steps_succeeded", StepsSucceeded);
        check.AtLeastZero("steps_failed", StepsFailed);
        check.AtLeastZero("duration_ms", DurationMs);
    }

    internal override bool TryGetScalar(string name, out SignalValue value)
    {
        value = name switch
        {
            "stage" => Stage,
            "steps_succeeded" => StepsSucceeded,
            "steps_failed" => StepsFailed,
            "duration_ms" => DurationMs,
            "error" => Error,
            _ => default,
        };
        return name is "stage" or "steps_succeeded" or "steps_failed" or "duration_ms" or "error";
    }
}
