using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>What the context files say.</summary>
/// <param name="Facts">What Terraform made.</param>
/// <param name="Inventory">The services; images that were edited in <c>template-variables.yaml</c> are taken from there.</param>
/// <param name="Plan">What is generated in which level.</param>
/// <param name="Inputs">What the context was made from; empty when the record is missing.</param>
public sealed record ContextSet(InfrastructureFacts Facts, Inventory Inventory, GenerationPlan Plan, IReadOnlyList<ContextInput> Inputs);
