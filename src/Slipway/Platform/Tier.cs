namespace Slipway.Platform;

/// <summary>A group of workloads that share defaults, a service account and network rules.</summary>
/// <param name="Name">A DNS label: <c>frontend, gateway, backend, processing, infrastructure</c>, or one's own.</param>
/// <param name="ServiceAccount">The account of workloads that name none; <c>{tier}-sa</c>, for the gateway tier <c>api-gateway-sa</c>.</param>
/// <param name="Source">Where the tier was declared.</param>
public sealed record Tier(string Name, string ServiceAccount, Provenance Source);
