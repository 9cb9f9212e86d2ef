using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>Which payload belongs to which type.</summary>
internal static class KnownPayloads
{
    /// <summary>Reads the payload of one of the six types.</summary>
    /// <param name="type">The signal's type; any other than the six has no payload.</param>
    /// <param name="data">The signal's data.</param>
    /// <param name="problems">Gets all that is wrong; null when nobody wants to know.</param>
    public static SignalPayload? Read(SignalType type, JsonElement data, List<Diagnostic>? problems) => type.Name switch
    {
        "agent_initialized" => Read<AgentInitialized>(data, problems),
        "agent_completed" => Read<AgentCompleted>(data, problems),
        "dependency_resolved" => Read<DependencyResolved>(data, problems),
        "inter_agent_message" => Read<InterAgentMessage>(data, problems),
        "stage_completed" => Read<StageCompleted>(data, problems),
        "error_recovery_completed" => Read<ErrorRecoveryCompleted>(data, problems),
        _ => null,
    };

    private static T? Read<T>(JsonElement data, List<Diagnostic>? problems)
        where T : SignalPayload, ISignalPayload<T>
    {
        var result = PayloadReader.Read<T>(data);
        problems?.AddRange(result.Problems);
        return result.Payload;
    }
}
