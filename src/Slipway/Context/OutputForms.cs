using System.Buffers;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>The forms by which facts are recognised whatever their outputs are called.</summary>
internal static class OutputForms
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");
    private static readonly string[] OtherSubnets = ["public", "intra", "db", "database", "rds", "cache", "elasticache", "redshift", "cidr", "arn", "route"];
    private static readonly string[] OtherNetworks = ["subnet", "secondary", "ipv6", "default", "peer"];
    private static readonly string[] OtherBuckets = ["state", "tfstate", "log", "logs", "backup", "backups", "domain", "policy", "replica"];
    private static readonly string[] Readers = ["reader", "replica", "replicas", "readonly", "ro"];
    private static readonly string[] BucketEndings = ["_bucket", "_bucket_name", "_bucket_id"];
    private static readonly string[] BucketMaps = ["_buckets", "_bucket_names"];
    private static readonly string[] Buckets = ["s3", "bucket", "storage"];

    public static FactForm DatabaseEndpoint { get; } = FactForm.OfText(
        "a host in `.rds.amazonaws.com` that is no reader", (text, node) => HasHost(text, ".rds.") && !IsReader(text, node));

    public static FactForm CacheEndpoint { get; } = FactForm.OfText(
        "a host in `.cache.amazonaws.com` that is no reader", (text, node) => HasHost(text, ".cache.") && !IsReader(text, node));

    public static FactForm ClusterEndpoint { get; } = FactForm.OfText(
        "`https://….eks.amazonaws.com`", (text, _) => HasHost(text, ".eks.") && Starts(text, "https://") && !Starts(text, "https://oidc"));

    public static FactForm OidcProvider { get; } = FactForm.OfText(
        "an ARN with `:oidc-provider/oidc.eks.`", (text, _) => AwsNames.IsArn(text) && text.Contains(":oidc-provider/oidc.eks.", StringComparison.Ordinal));

    public static FactForm OidcIssuer { get; } = FactForm.OfText(
        "`oidc.eks.…`, with or without `https://`", (text, _) => Starts(text, "oidc.eks.") || Starts(text, "https://oidc.eks."));

    public static FactForm Vpc { get; } = FactForm.OfText(
        "`vpc-` and hexadecimal digits", (text, _) => Starts(text, "vpc-") && text.Length > 4 && text.AsSpan(4).IndexOfAnyExcept(Hexadecimal) < 0);

    public static FactForm VpcCidr { get; } = FactForm.OfText(
        "a CIDR with `vpc` and `cidr` in its name",
        (text, node) => text.Contains('/', StringComparison.Ordinal) && Says(node, "vpc") && Says(node, "cidr") && !Says(node, OtherNetworks));

    public static FactForm PrivateSubnets { get; } = new(
        "ids `subnet-…` with `private` in their name, and nothing of databases or caches",
        node => FactShapes.Read(FactShape.Subnets, node.Value) is { Problem: null } reading && reading.Items.All(id => Starts(id, "subnet-"))
            && Says(node, "private") && !Says(node, OtherSubnets));

    public static FactForm BucketName { get; } = FactForm.OfText(
        "the text of an output that ends in `_bucket`, `_bucket_name` or `_bucket_id`, or the only one in `…_buckets`, with nothing of state, logs or backups in "
        + "its name; not where there is a `bucket_arn`",
        (text, node) => text.AsSpan().IndexOfAny(":/ ") < 0 && NamesBucket(node) && !Says(node, OtherBuckets));

    public static FactForm BucketPolicy { get; } = FactForm.OfText(
        "an ARN with `:policy/` and with `s3`, `bucket` or `storage` in its name",
        (text, node) => AwsNames.IsArn(text) && text.Contains(":policy/", StringComparison.Ordinal) && Says(node, Buckets));

    /// <summary>True for the URL of a repository in ECR, without a tag.</summary>
    public static bool IsRepository(TerraformValue value) =>
        value.Kind == TerraformValueKind.String
        && value.Text.Contains(".dkr.ecr.", StringComparison.Ordinal)
        && value.Text.Split('/') is [var host, _, ..] parts
        && host.Contains(".dkr.ecr.", StringComparison.Ordinal)
        && parts[^1].AsSpan().IndexOfAny(":@ ") < 0;

    private static bool HasHost(string text, string service) =>
        text.Contains(service, StringComparison.Ordinal) && text.Contains(".amazonaws.com", StringComparison.Ordinal) && !AwsNames.IsArn(text);

    private static bool IsReader(string text, OutputNode node) =>
        text.Contains(".cluster-ro-", StringComparison.Ordinal) || Starts(text, "replica.") || text.Split('.')[0].EndsWith("-ro", StringComparison.Ordinal)
        || Says(node, Readers);

    private static bool NamesBucket(OutputNode node) =>
        Array.Exists(BucketEndings, ending => node.Name.EndsWith(ending, StringComparison.Ordinal))
        || (node.Parent is { } parent && (parent.Key is "buckets" or "bucket_names" || Array.Exists(BucketMaps, ending => parent.Key.EndsWith(ending, StringComparison.Ordinal))));

    private static bool Starts(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);

    private static bool Says(OutputNode node, params ReadOnlySpan<string> words) => node.Name.Split('_').AsSpan().IndexOfAny(words) >= 0;
}
