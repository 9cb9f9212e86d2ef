using System.Text.Json;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>An agent has been set up.</summary>
public sealed record AgentInitialized : SignalPayload, ISignalPayload<AgentInitialized>
{
    /// <inheritdoc/>
    public override SignalType Type => SignalType.AgentInitialized;

    /// <inheritdoc/>
    public override string? Agent => AgentId;

    /// <summary>The agent, 1 to 100 characters.</summary>
    public required string AgentId { get; init; }

    /// <summary>What it can do. Default: nothing named.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Whether it takes work now. Default: true.</summary>
    public bool Ready { get; init; } = true;

    /// <summary>How long the setting up took, in milliseconds, at least 0. Default: 0.</summary>
    public double InitializationTimeMs { get; init; }

    /// <inheritdoc/>
    public static PayloadResult<AgentInitialized> Read(JsonElement data) => PayloadReader.Read(data, static reader => new AgentInitialized
    {
        AgentId = reader.Name("agent_id"),
        Capabilities = reader.Texts("capabilities"),
        Ready = reader.Flag("ready", orElse: true),
        InitializationTimeMs = reader.Number("initialization_time_ms"),
    });

    internal override void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteString("agent_id", AgentId);
        JsonFields.WriteTexts(writer, "capabilities", Capabilities);
        writer.WriteBoolean("ready", Ready);
        writer.WriteNumber("initialization_time_ms", InitializationTimeMs);
    }

    internal override void Check(PayloadCheck check)
    {
        check.Name("agent_id", AgentId);
        check.Texts("capabilities", Capabilities);
        check.AtLeastZero("initialization_time_ms", InitializationTimeMs);
    }

    internal override bool TryGetScalar(string name, out SignalValue value)
    {
        value = name switch
        {
            "agent_id" => AgentId,
            "ready" => Ready,
            "initialization_time_ms" => InitializationTimeMs,
            _ => default,
        };
        return name is "agent_id" or "ready" or "initialization_time_ms";
    }
}
