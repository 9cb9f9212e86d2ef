using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Gates;

/// <summary>The result of giving a gate a score.</summary>
/// <param name="Evaluation">What the gate says of it; null when the score was refused.</param>
/// <param name="Problem">Why it was refused, and nothing changed; null when it was taken.</param>
public sealed record GateUpdate(GateEvaluation? Evaluation, Diagnostic? Problem);
