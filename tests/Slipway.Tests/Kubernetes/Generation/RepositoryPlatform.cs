using Slipway.Kubernetes.Generation;
using Slipway.Platform;

namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>The sample platform with everything around the base: three environments, a cluster, a bucket and a registry.</summary>
internal static class RepositoryPlatform
{
    private static readonly Lazy<IReadOnlyDictionary<string, GeneratedFile>> GeneratedFiles = new(() => Files(Create()));

    /// <summary>The whole repository of <see cref="Create"/>, by path.</summary>
    public static IReadOnlyDictionary<string, GeneratedFile> Generated => GeneratedFiles.Value;

    public static PlatformModel Create()
    {
        var rich = SamplePlatform.Rich();
        return rich with
        {
            Environments = [Development(), Staging(), Production()],
            Facts = rich.Facts with
            {
                Cluster = new ClusterFacts(
                    Output("shop-cluster", "cluster_name"),
                    Output("https://cluster.example.com", "cluster_endpoint"),
                    Output("arn:aws:iam::123456789012:oidc-provider/oidc.example.com/id/ABC", "oidc_provider_arn"),
                    Output("https://oidc.example.com/id/ABC", "oidc_issuer_url")),
                Storage = new StorageFacts(Output("shop-files", "bucket"), Output("arn:aws:s3:::shop-files", "bucket_arn"), Value.Unknown<string>("storage.iam_policy_arn", Here)),
                Registry = new RegistryFacts(Output("registry.example.com", "ecr"), new SortedDictionary<string, Value<string>>(StringComparer.Ordinal)
                {
                    ["forgotten"] = Output("registry.example.com/forgotten", "ecr_repositories"),
                    ["orders"] = Output("registry.example.com/orders", "ecr_repositories"),
                }),
            },
            Inventory = rich.Inventory with
            {
                ServiceAccounts = [.. rich.Inventory.ServiceAccounts.Select(account => account.Name == "backend-sa" ? account with { IrsaRole = "backend" } : account)],
            },
        };
    }

    /// <summary>All files of a platform, by path; no item may report anything.</summary>
    public static IReadOnlyDictionary<string, GeneratedFile> Files(PlatformModel model)
    {
        var session = Generate.Session(model);
        var files = new SortedDictionary<string, GeneratedFile>(StringComparer.Ordinal);
        foreach (var item in session.Items)
        {
            var result = session.Generate(item.Id);
            Assert.Empty(result.Problems);
            foreach (var file in result.Files) files.Add(file.Path, file);
        }

        return files;
    }

    private static EnvironmentDefinition Development() => new()
    {
        Name = "dev-no-domain",
        Source = Setting("environments[0]"),
        NamePrefix = Value.Known("dev-", Setting("environments[0].namePrefix")),
        Replicas = Value.Known(1, Setting("environments[0].replicas")),
        AllowedCidrs = [Value.Known("203.0.113.7/32", Setting("environments[0].allowedCidrs")), Value.Known("198.51.100.0/24", Setting("environments[0].allowedCidrs"))],
        ConfigMaps = new SortedDictionary<string, IReadOnlyDictionary<string, Value<string>>>(StringComparer.Ordinal)
        {
            ["common-config"] = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal) { ["LOG_LEVEL"] = Value.Known("debug", Setting("environments[0].configMaps")) },
        },
    };

    private static EnvironmentDefinition Staging() => new()
    {
        Name = "staging",
        Source = Setting("environments[1]"),
        Namespace = Value.Known("shop-staging", Setting("environments[1].namespace")),
        Resources = new ResourceNeeds(Small("50m"), Small("64Mi"), Small("200m"), Small("256Mi")),
    };

    private static EnvironmentDefinition Production() => new()
    {
        Name = "production",
        Source = Setting("environments[2]"),
        Hosts = [Value.Known("shop.example.com", Setting("environments[2].hosts[0]")), Value.Known("www.shop.example.com", Setting("environments[2].hosts[1]"))],
        CertificateArn = Value.Known("arn:aws:acm:eu-central-1:123456789012:certificate/abc", Setting("environments[2].certificateArn")),
        AllowedCidrs = [Value.Known("192.0.2.0/24", Setting("environments[2].allowedCidrs"))],
        Workloads = new SortedDictionary<string, WorkloadOverride>(StringComparer.Ordinal)
        {
            ["api-gateway"] = new() { Replicas = Value.Known(12, Setting("environments[2].services.api-gateway.replicas")) },
            ["orders"] = new() { Replicas = Value.Known(5, Setting("environments[2].services.orders.replicas")), Tag = Value.Known("1.5.0", Setting("environments[2].services.orders.tag")) },
        },
    };

    private static Provenance Here => SamplePlatform.Here;

    private static Value<string> Small(string quantity) => Value.Known(quantity, Setting("environments[1].resources"));

    private static Provenance Setting(string origin) => new(ProvenanceKind.Configuration, origin);

    private static Value<string> Output(string text, string output) => Value.Known(text, new Provenance(ProvenanceKind.Terraform, $"output.{output}"));
}
