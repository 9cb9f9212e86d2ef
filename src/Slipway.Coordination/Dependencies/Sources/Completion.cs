using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Dependencies.Sources;

/// <summary>How an agent ended, by the newest signal that tells of it.</summary>
/// <param name="SignalId">The signal; empty when none will come any more.</param>
/// <param name="Failure">Why it failed; null when it succeeded.</param>
internal sealed record Completion(string SignalId, Failure? Failure);
