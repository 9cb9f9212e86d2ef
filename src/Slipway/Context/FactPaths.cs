using System.Globalization;
using Slipway.Platform;

namespace Slipway.Context;

/// <summary>The paths of facts: their other spellings, and the value that stands at one.</summary>
public static class FactPaths
{
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["project_name"] = "project.name",
        ["environment"] = "project.environment",
        ["region"] = "project.region",
        ["aws_account_id"] = "project.aws_account_id",
        ["project.account_id"] = "project.aws_account_id",
        ["namespace"] = "project.namespace",
    };

    /// <summary>The one spelling of a path: keys of <c>outputs-summary.yaml</c>'s top are facts of the project.</summary>
    public static string Canonical(string path) => Aliases.TryGetValue(path, out var canonical) ? canonical : path;

    /// <summary>The value of a fact as text.</summary>
    /// <returns>Null when there is no such fact, or the platform does not have it.</returns>
    public static Value<string>? Find(InfrastructureFacts facts, string path) => Canonical(path) switch
    {
        "project.name" => facts.Project.Name,
        "project.environment" => facts.Project.Environment,
        "project.region" => facts.Project.Region,
        "project.aws_account_id" => facts.Project.AccountId,
        "project.namespace" => facts.Project.Namespace,
        "networking.vpc_id" => facts.Networking?.VpcId,
        "networking.vpc_cidr" => facts.Networking?.VpcCidr,
        "networking.private_subnet_ids" => facts.Networking?.PrivateSubnetIds.Map(ids => string.Join(',', ids)),
        "database.identifier" => facts.Database?.Identifier,
        "database.endpoint" => facts.Database?.Endpoint,
        "database.port" => facts.Database?.Port.Map(port => port.ToString(CultureInfo.InvariantCulture)),
        "database.database_name" => facts.Database?.DatabaseName,
        "database.secret_name" => facts.Database?.SecretName,
        "database.secret_arn" => facts.Database?.SecretArn,
        "cache.replication_group_id" => facts.Cache?.ReplicationGroupId,
        "cache.primary_endpoint" => facts.Cache?.PrimaryEndpoint,
        "cache.port" => facts.Cache?.Port.Map(port => port.ToString(CultureInfo.InvariantCulture)),
        "cache.secret_name" => facts.Cache?.SecretName,
        "cache.secret_arn" => facts.Cache?.SecretArn,
        "storage.bucket_name" => facts.Storage?.BucketName,
        "storage.bucket_arn" => facts.Storage?.BucketArn,
        "storage.iam_policy_arn" => facts.Storage?.IamPolicyArn,
        "container_registry.ecr_base_url" => facts.Registry?.EcrBaseUrl,
        "kubernetes.cluster_name" => facts.Cluster?.Name,
        "kubernetes.cluster_endpoint" => facts.Cluster?.Endpoint,
        "kubernetes.oidc_provider_arn" => facts.Cluster?.OidcProviderArn,
        "kubernetes.oidc_issuer_url" => facts.Cluster?.OidcIssuerUrl,
        var other when other.StartsWith("irsa_roles.", StringComparison.Ordinal) =>
            facts.IrsaRoles.TryGetValue(other["irsa_roles.".Length..], out var role) ? role : null,
        _ => null,
    };
}
