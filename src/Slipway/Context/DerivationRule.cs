namespace Slipway.Context;

/// <summary>How a fact follows from others when no output gives it.</summary>
/// <param name="Target">The fact.</param>
/// <param name="Inputs">The facts it follows from; all must be known.</param>
/// <param name="Origin">The rule in words, kept as the value's origin.</param>
/// <param name="Derive">Makes the value from the inputs; null when this input says nothing.</param>
/// <param name="IsDefault">True for a fixed default.</param>
internal sealed record DerivationRule(
    string Target, IReadOnlyList<string> Inputs, string Origin, Func<IReadOnlyList<string>, string?> Derive, bool IsDefault = false)
{
    /// <summary>All rules; for one target the first that gives something wins.</summary>
    public static IReadOnlyList<DerivationRule> All { get; } =
    [
        new("project.namespace", ["project.name"], "project.name", inputs => inputs[0]),
        new("database.identifier", ["database.endpoint"], "the first label of database.endpoint", inputs => AwsNames.IdentifierOf(inputs[0])),
        new("database.port", [], "PostgreSQL's port", _ => "5432", IsDefault: true),
        new("database.secret_name", ["database.secret_arn"], "the name in database.secret_arn", inputs => AwsNames.SecretNameOf(inputs[0])),
        new("database.secret_name", ["project.name", "project.environment"], "{project}/{environment}/database", inputs => $"{inputs[0]}/{inputs[1]}/database"),
        new("cache.replication_group_id", ["cache.primary_endpoint"], "the label of cache.primary_endpoint", inputs => AwsNames.IdentifierOf(inputs[0])),
        new("cache.port", [], "Redis' port", _ => "6379", IsDefault: true),
        new("cache.secret_name", ["cache.secret_arn"], "the name in cache.secret_arn", inputs => AwsNames.SecretNameOf(inputs[0])),
        new("cache.secret_name", ["project.name", "project.environment"], "{project}/{environment}/redis", inputs => $"{inputs[0]}/{inputs[1]}/redis"),
        new("storage.bucket_name", ["storage.bucket_arn"], "the name in storage.bucket_arn", inputs => AwsNames.ResourceOf(inputs[0])),
        new(
            "storage.bucket_arn",
            ["storage.bucket_name", "project.region"],
            "arn:{partition}:s3:::{bucket}",
            inputs => $"arn:{AwsNames.PartitionOf(inputs[1])}:s3:::{inputs[0]}"),
        new(
            "container_registry.ecr_base_url",
            ["project.aws_account_id", "project.region"],
            "{account}.dkr.ecr.{region}.amazonaws.com",
            inputs => AwsNames.RegistryHost(inputs[0], inputs[1])),
        new(
            "kubernetes.oidc_provider_arn",
            ["kubernetes.oidc_issuer_url", "project.aws_account_id", "project.region"],
            "arn:{partition}:iam::{account}:oidc-provider/{issuer}",
            inputs => $"arn:{AwsNames.PartitionOf(inputs[2])}:iam::{inputs[1]}:oidc-provider/{inputs[0][(inputs[0].IndexOf("://", StringComparison.Ordinal) + 3)..]}"),
        new("kubernetes.oidc_issuer_url", ["kubernetes.oidc_provider_arn"], "the issuer in kubernetes.oidc_provider_arn", inputs => IssuerOf(inputs[0])),
    ];

    private static string? IssuerOf(string arn)
    {
        const string Kind = "oidc-provider/";
        var resource = AwsNames.ResourceOf(arn);
        return resource.StartsWith(Kind, StringComparison.Ordinal) ? $"https://{resource[Kind.Length..]}" : null;
    }
}
