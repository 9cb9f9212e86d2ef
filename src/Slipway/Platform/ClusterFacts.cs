namespace Slipway.Platform;

/// <summary>The Kubernetes cluster.</summary>
/// <param name="Name">The EKS cluster's name.</param>
/// <param name="Endpoint">The API server's URL.</param>
/// <param name="OidcProviderArn">The ARN of the IAM OIDC provider.</param>
/// <param name="OidcIssuerUrl">The issuer's URL.</param>
public sealed record ClusterFacts(
    Value<string> Name,
    Value<string> Endpoint,
    Value<string> OidcProviderArn,
    Value<string> OidcIssuerUrl);
