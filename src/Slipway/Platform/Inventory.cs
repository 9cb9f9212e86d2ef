namespace Slipway.Platform;

/// <summary>The services of a platform and what they share, as the user lists them in <c>services.yaml</c>, with tier defaults filled in.</summary>
public sealed record Inventory
{
    /// <summary>The tiers in use, in order of declaration; the built-in five come first.</summary>
    public required IReadOnlyList<Tier> Tiers { get; init; }

    /// <summary>The workloads in order of declaration.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>The shared config maps in order of declaration.</summary>
    public IReadOnlyList<ConfigMapDefinition> ConfigMaps { get; init; } = [];

    /// <summary>The shared secrets in order of declaration.</summary>
    public IReadOnlyList<SecretDefinition> Secrets { get; init; } = [];

    /// <summary>The service accounts: one a tier in use, and those that services name, ordered by name.</summary>
    public IReadOnlyList<ServiceAccountDefinition> ServiceAccounts { get; init; } = [];

    /// <summary>The namespaced roles and whom they are bound to, in order of declaration.</summary>
    public IReadOnlyList<RoleDefinition> Roles { get; init; } = [];
}
