namespace Slipway.Platform;

/// <summary>The PostgreSQL database.</summary>
/// <param name="Identifier">The instance or cluster identifier.</param>
/// <param name="Endpoint">The host name, without port.</param>
/// <param name="Port">1 to 65535; 5432 by default.</param>
/// <param name="DatabaseName">The name of the database.</param>
/// <param name="SecretName">The secret in the secret store; <c>{project}/{environment}/database</c> by default.</param>
/// <param name="SecretArn">The secret's ARN, or null when Terraform does not tell.</param>
public sealed record DatabaseFacts(
    Value<string> Identifier,
    Value<string> Endpoint,
    Value<int> Port,
    Value<string> DatabaseName,
    Value<string> SecretName,
    Value<string>? SecretArn);
