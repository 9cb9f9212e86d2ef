namespace Slipway.Kubernetes.Generation.Infrastructure;

/// <summary>The service account that the cluster's secret store reads with. It is not the operator's, so that nothing else has its rights.</summary>
internal static class SecretStoreAccount
{
    /// <summary>The account's name, as the inventory lists it.</summary>
    public const string Name = "external-secrets-sa";

    /// <summary>The key of its role unless the inventory says otherwise.</summary>
    public const string RoleKey = "external_secrets";

    /// <summary>Its namespace, which no environment's prefix or namespace changes.</summary>
    public static string Namespace => PinnedCharts.ExternalSecrets.Namespace;

    /// <summary>Its principal in IAM.</summary>
    public static string Subject => $"system:serviceaccount:{Namespace}:{Name}";
}
