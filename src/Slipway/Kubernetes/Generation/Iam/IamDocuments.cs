using Slipway.Documents;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Iam;

/// <summary>The policy documents of IAM as JSON. Keys and lists have a fixed order, so that the same platform gives the same bytes.</summary>
internal static class IamDocuments
{
    private const string Version = "2012-10-17";

    /// <summary>Who may take a role on: the service accounts of every environment, by the cluster's OIDC provider.</summary>
    public static string Trust(PlatformText platform, IamRole role)
    {
        var conditions = new MappingNode()
            .Add($"{platform.OidcIssuer}:aud", "sts.amazonaws.com")
            .Add($"{platform.OidcIssuer}:sub", role.Subjects.Count == 1 ? ScalarNode.Of(role.Subjects[0]) : List(role.Subjects));
        return Document(new MappingNode()
            .Add("Sid", "ServiceAccounts")
            .Add("Effect", "Allow")
            .Add("Principal", new MappingNode().Add("Federated", platform.OidcProviderArn))
            .Add("Action", "sts:AssumeRoleWithWebIdentity")
            .Add("Condition", new MappingNode().Add("StringEquals", conditions)));
    }

    /// <summary>Reading exactly the secrets of the platform.</summary>
    public static string Secrets(PlatformText platform) => Document(new MappingNode()
        .Add("Sid", "ReadSecrets")
        .Add("Effect", "Allow")
        .Add("Action", List(["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]))
        .Add("Resource", List(SecretArns(platform))));

    /// <summary>Access to the bucket.</summary>
    public static string Storage(PlatformText platform, StorageFacts storage, bool write)
    {
        var bucket = platform.Of(storage.BucketArn);
        string[] actions = write
            ? ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
            : ["s3:GetObject"];
        return Document(
            new MappingNode()
                .Add("Sid", "ListBucket")
                .Add("Effect", "Allow")
                .Add("Action", List(["s3:GetBucketLocation", "s3:ListBucket"]))
                .Add("Resource", bucket),
            new MappingNode()
                .Add("Sid", write ? "ReadAndWriteObjects" : "ReadObjects")
                .Add("Effect", "Allow")
                .Add("Action", List(actions))
                .Add("Resource", $"{bucket}/*"));
    }

    private static IEnumerable<string> SecretArns(PlatformText platform)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        if (platform.Model.Facts.Database is { SecretArn: { IsUnknown: false } database } facts) known[platform.Of(facts.SecretName)] = platform.Of(database);
        if (platform.Model.Facts.Cache is { SecretArn: { IsUnknown: false } cache } store) known[platform.Of(store.SecretName)] = platform.Of(cache);
        return platform.Model.Inventory.Secrets
            .Select(platform.RemoteName)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(name => known.GetValueOrDefault(name) ?? Pattern(platform, name));
    }

    // Secrets Manager puts a hyphen and six random characters behind the name.
    private static string Pattern(PlatformText platform, string name) =>
        $"arn:{platform.Partition}:secretsmanager:{platform.Region}:{platform.Account}:secret:{name}-??????";

    private static SequenceNode List(IEnumerable<string> texts) => new(texts.Select(text => ScalarNode.Of(text)));

    private static string Document(params MappingNode[] statements) =>
        JsonText.Write(new MappingNode().Add("Version", Version).Add("Statement", new SequenceNode(statements)));
}
