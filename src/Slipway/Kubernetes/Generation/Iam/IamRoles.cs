using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Iam;

/// <summary>The IAM roles a platform needs: those its service accounts name, and that of the load balancer controller.</summary>
internal static class IamRoles
{
    public const string SecretsPolicy = "secrets-read.json";
    public const string StorageReadPolicy = "s3-read.json";
    public const string StorageWritePolicy = "s3-read-write.json";
    public const string LoadBalancerPolicy = "aws-load-balancer-controller.json";
    public const string LoadBalancerKey = "aws_load_balancer_controller";

    /// <summary>The roles, ordered by key.</summary>
    public static IReadOnlyList<IamRole> Of(PlatformText platform)
    {
        var roles = platform.Model.Inventory.ServiceAccounts
            .Where(account => account.IrsaRole is not null)
            .GroupBy(account => account.IrsaRole!, StringComparer.Ordinal)
            .Select(group => ForAccounts(platform, group.Key, [.. group.OrderBy(account => account.Name, StringComparer.Ordinal)]))
            .ToList();
        if (PinnedCharts.For(platform.Model).Contains(PinnedCharts.LoadBalancerController) && roles.TrueForAll(role => role.Key != LoadBalancerKey)) roles.Add(ForLoadBalancers(platform));
        return [.. roles.OrderBy(role => role.Key, StringComparer.Ordinal)];
    }

    private static IamRole ForAccounts(PlatformText platform, string key, IReadOnlyList<ServiceAccountDefinition> accounts)
    {
        var names = accounts.Select(account => account.Name).ToHashSet(StringComparer.Ordinal);
        var needs = platform.Model.Inventory.Workloads
            .Where(workload => workload.ObjectStorage is not null && names.Contains(platform.Of(workload.ServiceAccount)))
            .ToList();
        var readsSecrets = names.Contains(SecretStoreAccount.Name);
        var writes = needs.Exists(workload => workload.ObjectStorage!.Write);
        var managed = writes && platform.Model.Facts.Storage?.IamPolicyArn is { IsUnknown: false } policy ? platform.Of(policy) : null;
        var policies = new List<string>();
        if (readsSecrets) policies.Add(SecretsPolicy);
        if (needs.Count > 0 && managed is null && platform.Model.Facts.Storage is not null) policies.Add(writes ? StorageWritePolicy : StorageReadPolicy);
        var purposes = new List<string>();
        if (readsSecrets) purposes.Add("reads the secrets of the platform from AWS Secrets Manager");
        if (needs.Count > 0)
        {
            var verb = writes ? "reads and writes" : "reads";
            purposes.Add($"{verb} the bucket for {string.Join(", ", needs.Select(workload => workload.Name).Order(StringComparer.Ordinal))}");
        }

        var arn = Arn(platform, key);
        return new IamRole
        {
            Key = key,
            Name = NameOf(platform, key, arn),
            Arn = platform.Of(arn),
            IsInTerraform = arn.Source.Kind == ProvenanceKind.Terraform,
            ServiceAccounts = [.. accounts.Select(account => account.Name)],
            Subjects = Subjects(platform, accounts),
            Policies = policies,
            ManagedPolicies = managed is null ? [] : [managed],
            Purpose = purposes.Count == 0 ? "calls AWS; attach the permissions it needs" : string.Join(" and ", purposes),
        };
    }

    private static IamRole ForLoadBalancers(PlatformText platform)
    {
        var arn = Arn(platform, LoadBalancerKey);
        return new IamRole
        {
            Key = LoadBalancerKey,
            Name = NameOf(platform, LoadBalancerKey, arn),
            Arn = platform.Of(arn),
            IsInTerraform = arn.Source.Kind == ProvenanceKind.Terraform,
            ServiceAccounts = [PinnedCharts.LoadBalancerController.Name],
            Subjects = [$"system:serviceaccount:{PinnedCharts.LoadBalancerController.Namespace}:{PinnedCharts.LoadBalancerController.Name}"],
            Policies = [LoadBalancerPolicy],
            ManagedPolicies = [],
            Purpose = "makes the load balancers of the ingresses",
        };
    }

    private static List<string> Subjects(PlatformText platform, IReadOnlyList<ServiceAccountDefinition> accounts)
    {
        var subjects = new List<string>();
        if (accounts.Any(account => account.Name == SecretStoreAccount.Name)) subjects.Add(SecretStoreAccount.Subject);
        foreach (var name in accounts.Select(account => account.Name).Where(name => name != SecretStoreAccount.Name))
        {
            if (platform.Environments.Count == 0) subjects.Add($"system:serviceaccount:{platform.Namespace}:{name}");
            else subjects.AddRange(platform.Environments.Select(environment => environment.Subject(name)));
        }

        return [.. subjects.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The ARN of a role: the platform's own, or the one that follows from its name.</summary>
    public static Value<string> Arn(PlatformText platform, string key)
    {
        if (platform.Model.Facts.IrsaRoles.TryGetValue(key, out var arn)) return arn;
        var text = $"arn:{platform.Partition}:iam::{platform.Account}:role/{Pattern(platform, key)}";
        return Value.Known(text, Provenance.Derived("IAM role pattern {project}-{name}-role"));
    }

    private static string NameOf(PlatformText platform, string key, Value<string> arn)
    {
        var text = platform.Of(arn);
        var slash = text.LastIndexOf('/');
        return slash < 0 ? Pattern(platform, key) : text[(slash + 1)..];
    }

    private static string Pattern(PlatformText platform, string key) => $"{platform.Project}-{key.Replace('_', '-')}-role";
}
