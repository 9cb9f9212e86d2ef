using Slipway.Documents.Reading;

namespace Slipway.Context;

/// <summary>Every field of the context files that this namespace reads, and the codes for their shape.</summary>
internal static class ContextFields
{
    public static readonly ReadCodes Codes = new("SLW1122", "SLW1123", "SLW1124", "SLW1125");

    public static readonly FieldSet Summary = new(
        "summary", "project_name", "environment", "region", "aws_account_id", "networking", "database", "cache", "storage", "container_registry", "kubernetes");

    public static readonly FieldSet Networking = new("network", "vpc_id", "vpc_cidr", "private_subnet_ids");
    public static readonly FieldSet Database = new("database", "identifier", "endpoint", "port", "database_name", "secret_name", "secret_arn");
    public static readonly FieldSet Cache = new("cache", "replication_group_id", "primary_endpoint", "port", "secret_name", "secret_arn");
    public static readonly FieldSet Storage = new("storage", "bucket_name", "bucket_arn", "iam_policy_arn");
    public static readonly FieldSet Registry = new("registry", "ecr_base_url", "repositories", "repository_urls");
    public static readonly FieldSet Kubernetes = new("cluster", "cluster_name", "cluster_endpoint", "oidc_provider_arn", "oidc_issuer_url");

    public static readonly FieldSet Variables = new(
        "set of variables", "namespace", "environment", "project_name", "images", "config_values", "irsa_roles");

    public static readonly FieldSet ConfigValues = new(
        "set of configuration values", "database_host", "database_port", "redis_host", "redis_port", "s3_bucket");
}
