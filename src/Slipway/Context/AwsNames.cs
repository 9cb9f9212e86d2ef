namespace Slipway.Context;

/// <summary>Takes ARNs, registry hosts and endpoints apart.</summary>
internal static class AwsNames
{
    private const int RandomSuffixLength = 6;

    public static bool IsArn(string text) => text.StartsWith("arn:aws", StringComparison.Ordinal) && text.Split(':', 6) is { Length: 6 } parts
        && parts[5].Length > 0 && parts[2].Length > 0 && text.AsSpan().IndexOfAny(" \t\r\n") < 0;

    public static bool IsAccount(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    public static bool IsRegion(string text)
    {
        var parts = text.Split('-');
        return parts.Length is >= 3 and <= 4
            && parts[0].Length is 2 or 3
            && parts[..^1].All(part => part.Length > 0 && part.All(char.IsAsciiLetterLower))
            && parts[^1].Length is 1 or 2 && parts[^1].All(char.IsAsciiDigit);
    }

    /// <summary>The account of an ARN or of an ECR registry, or null.</summary>
    public static string? AccountOf(string text)
    {
        var account = IsArn(text) ? text.Split(':', 6)[4] : IsEcr(text) ? text.Split('.')[0] : "";
        return IsAccount(account) ? account : null;
    }

    /// <summary>The region of an ARN, of an ECR registry, or of the host of an AWS endpoint, or null.</summary>
    public static string? RegionOf(string text)
    {
        if (IsArn(text))
        {
            var region = text.Split(':', 6)[3];
            return IsRegion(region) ? region : null;
        }

        if (!text.Contains(".amazonaws.com", StringComparison.Ordinal)) return null;
        return Array.Find(text.Split('/', '.', ':'), IsRegion);
    }

    /// <summary>The partition of an ARN: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</summary>
    public static string PartitionOf(string? region) => region switch
    {
        not null when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        not null when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ => "aws",
    };

    /// <summary>The registry's host in a region.</summary>
    public static string RegistryHost(string account, string region) =>
        $"{account}.dkr.ecr.{region}.amazonaws.com{(PartitionOf(region) == "aws-cn" ? ".cn" : "")}";

    /// <summary>What stands behind the service in an ARN: <c>cluster/main</c>, <c>oidc-provider/…</c>.</summary>
    public static string ResourceOf(string arn) => arn.Split(':', 6)[5];

    /// <summary>The name of a secret from its ARN, without the six random characters at its end; null for a secret that RDS manages itself.</summary>
    public static string? SecretNameOf(string arn)
    {
        var resource = ResourceOf(arn);
        const string Kind = "secret:";
        if (!resource.StartsWith(Kind, StringComparison.Ordinal)) return null;
        var name = resource[Kind.Length..];
        var dash = name.Length - RandomSuffixLength - 1;
        if (dash > 0 && name[dash] == '-') name = name[..dash];
        return name.StartsWith("rds!", StringComparison.Ordinal) ? null : name;
    }

    /// <summary>The identifier in the host of an RDS or ElastiCache endpoint: its first label that is no role.</summary>
    public static string? IdentifierOf(string host)
    {
        var labels = host.Split('.');
        if (labels.Length < 3 || !host.Contains(".amazonaws.com", StringComparison.Ordinal)) return null;
        return labels[0] is "master" or "clustercfg" or "replica" ? labels[1] : labels[0];
    }

    private static bool IsEcr(string text) => text.Contains(".dkr.ecr.", StringComparison.Ordinal);
}
