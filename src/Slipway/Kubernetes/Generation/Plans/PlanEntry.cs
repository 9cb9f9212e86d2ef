using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Generation.Plans;

/// <summary>A line of a generation plan: a file, a folder or, in a parallel group, a name.</summary>
/// <param name="Text">As it is written: <c>base/rbac/roles.yaml</c>, <c>overlays/production/</c>, <c>api-gateway</c>.</param>
/// <param name="Group">The parallel group, or null.</param>
/// <param name="Place">Where it stands, or null when the plan was not read.</param>
public sealed record PlanEntry(string Text, string? Group = null, SourcePlace? Place = null);
