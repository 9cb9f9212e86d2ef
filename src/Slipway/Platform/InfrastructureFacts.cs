namespace Slipway.Platform;

/// <summary>What Terraform made, as the context bridge collects it. A part is null when the platform does not have it.</summary>
public sealed record InfrastructureFacts
{
    /// <summary>Name, environment, region, account.</summary>
    public required ProjectFacts Project { get; init; }

    /// <summary>The network, or null.</summary>
    public NetworkingFacts? Networking { get; init; }

    /// <summary>The PostgreSQL database, or null.</summary>
    public DatabaseFacts? Database { get; init; }

    /// <summary>The Redis cache, or null.</summary>
    public CacheFacts? Cache { get; init; }

    /// <summary>The object storage, or null.</summary>
    public StorageFacts? Storage { get; init; }

    /// <summary>The container registry, or null.</summary>
    public RegistryFacts? Registry { get; init; }

    /// <summary>The Kubernetes cluster, or null.</summary>
    public ClusterFacts? Cluster { get; init; }

    /// <summary>IAM role ARNs for service accounts by name: <c>external_secrets</c>, <c>processing</c>, <c>infrastructure</c>, or one's own.</summary>
    public IReadOnlyDictionary<string, Value<string>> IrsaRoles { get; init; } = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal);
}
