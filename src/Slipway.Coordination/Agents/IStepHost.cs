using System.Text.Json;
using Slipway.Coordination.Approvals;

namespace Slipway.Coordination.Agents;

/// <summary>What an attempt needs from whoever runs it.</summary>
internal interface IStepHost
{
    string RunId { get; }

    TimeProvider Time { get; }

    long? LockToken { get; }

    ApprovalDecision? Decision { get; }

    JsonElement? FindOutput(string stepId);

    void Heartbeat();

    void Report(string? message, double? fraction);
}
