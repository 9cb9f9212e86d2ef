using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Signals.Payloads;

/// <summary>A payload that was read, or why it could not be.</summary>
/// <param name="Payload">The payload, or null when there are problems.</param>
/// <param name="Problems">Everything that is wrong, each with its path; empty when nothing is.</param>
public sealed record PayloadResult<T>(T? Payload, IReadOnlyList<Diagnostic> Problems)
    where T : SignalPayload;
