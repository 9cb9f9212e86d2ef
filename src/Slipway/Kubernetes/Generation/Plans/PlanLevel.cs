using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Generation.Plans;

/// <summary>A level of a generation plan.</summary>
/// <param name="Name">The name without <c>level_</c>: <c>2a</c>.</param>
/// <param name="Type">What it holds, such as <c>namespace_rbac</c>.</param>
/// <param name="Sequential">True for <c>order: sequential</c>: what an entry needs must stand above it.</param>
/// <param name="Entries">The entries in order; those of parallel groups one group after the other.</param>
/// <param name="Place">Where it stands, or null when the plan was not read.</param>
public sealed record PlanLevel(string Name, string Type, bool Sequential, IReadOnlyList<PlanEntry> Entries, SourcePlace? Place = null);
