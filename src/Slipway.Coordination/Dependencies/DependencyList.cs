using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Dependencies;

/// <summary>The dependencies of an agent, as read from JSON.</summary>
/// <param name="AgentId">Who waits; empty when the JSON does not say.</param>
/// <param name="Dependencies">Those that could be read.</param>
/// <param name="Problems">All problems; empty when all could be read.</param>
public sealed record DependencyList(string AgentId, IReadOnlyList<Dependency> Dependencies, IReadOnlyList<Diagnostic> Problems);
