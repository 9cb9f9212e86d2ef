namespace Slipway.Platform;

/// <summary>The Redis cache.</summary>
/// <param name="ReplicationGroupId">The replication group or cluster id.</param>
/// <param name="PrimaryEndpoint">The host name, without port.</param>
/// <param name="Port">1 to 65535; 6379 by default.</param>
/// <param name="SecretName">The secret in the secret store; <c>{project}/{environment}/redis</c> by default.</param>
/// <param name="SecretArn">The secret's ARN, or null when Terraform does not tell.</param>
public sealed record CacheFacts(
    Value<string> ReplicationGroupId,
    Value<string> PrimaryEndpoint,
    Value<int> Port,
    Value<string> SecretName,
    Value<string>? SecretArn);
