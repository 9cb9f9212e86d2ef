namespace Slipway.Platform;

/// <summary>An environment: one Kustomize overlay. What it does not say stays as the base has it.</summary>
public sealed record EnvironmentDefinition
{
    /// <summary>A DNS label and the overlay's folder: <c>dev-no-domain</c>, <c>production</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was declared.</summary>
    public required Provenance Source { get; init; }

    /// <summary>Put before every name, such as <c>dev-</c>, or null.</summary>
    public Value<string>? NamePrefix { get; init; }

    /// <summary>Another namespace than the base's, or null.</summary>
    public Value<string>? Namespace { get; init; }

    /// <summary>Pods of every workload, or null. With a number, autoscalers are removed unless <see cref="Autoscaling"/> is true.</summary>
    public Value<int>? Replicas { get; init; }

    /// <summary>False removes every autoscaler; null means true unless <see cref="Replicas"/> is set.</summary>
    public bool? Autoscaling { get; init; }

    /// <summary>False removes every disruption budget; null means true unless <see cref="Replicas"/> is 1.</summary>
    public bool? DisruptionBudgets { get; init; }

    /// <summary>Host names of the ingress; empty for an ingress without a domain.</summary>
    public IReadOnlyList<Value<string>> Hosts { get; init; } = [];

    /// <summary>The ACM certificate of the hosts, or null for plain HTTP.</summary>
    public Value<string>? CertificateArn { get; init; }

    /// <summary>CIDRs that may reach the ingress; one list, injected into every ingress. Empty: anybody.</summary>
    public IReadOnlyList<Value<string>> AllowedCidrs { get; init; } = [];

    /// <summary>Resources of every workload, or null.</summary>
    public ResourceNeeds? Resources { get; init; }

    /// <summary>What single workloads have otherwise, by name, ordered.</summary>
    public IReadOnlyDictionary<string, WorkloadOverride> Workloads { get; init; } =
        new SortedDictionary<string, WorkloadOverride>(StringComparer.Ordinal);

    /// <summary>Config map entries that differ: config map, then key, then text.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Value<string>>> ConfigMaps { get; init; } =
        new SortedDictionary<string, IReadOnlyDictionary<string, Value<string>>>(StringComparer.Ordinal);
}
