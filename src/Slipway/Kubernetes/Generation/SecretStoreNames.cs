namespace Slipway.Kubernetes.Generation;

/// <summary>The secret store that ExternalSecrets read from.</summary>
public static class SecretStoreNames
{
    /// <summary>The store's name.</summary>
    public const string Name = "aws-secrets-manager";

    /// <summary>Its kind: one for the cluster, so that no overlay's name prefix or namespace can part it from those who use it.</summary>
    public const string Kind = "ClusterSecretStore";
}
