namespace Slipway.Coordination.Dependencies;

/// <summary>Somebody waits for something.</summary>
/// <param name="CoordinationId">The coordination.</param>
/// <param name="AgentId">Who waits.</param>
/// <param name="Dependency">For what.</param>
/// <param name="Attempt">Which attempt it is, counted from 1.</param>
public sealed record DependencyWait(string CoordinationId, string AgentId, Dependency Dependency, int Attempt);
