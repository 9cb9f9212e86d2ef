using Slipway.Documents;
using Slipway.Tests.Kubernetes.Generation.Overlays;

namespace Slipway.Tests.Kubernetes.Generation.Infrastructure;

/// <summary>What the cluster needs before the platform.</summary>
public sealed class InfrastructureTests
{
    [Fact]
    public void SecretStore_Account_IsThereWithItsRole()
    {
        var store = Root("infrastructure/external-secrets/secret-store.yaml").Mapping("spec")!.Mapping("provider")!.Mapping("aws")!;
        var account = Root("infrastructure/external-secrets/service-account.yaml");

        Assert.Contains("secret-store.yaml", Root("infrastructure/external-secrets/kustomization.yaml").Sequence("resources")!.Select(node => node.ToString()));
        Assert.Equal("eu-central-1", store.Text("region"));
        var reference = store.Mapping("auth")!.Mapping("jwt")!.Mapping("serviceAccountRef")!;
        Assert.Equal(References.Name(account), reference.Text("name"));
        Assert.Equal(account.Mapping("metadata")!.Text("namespace"), reference.Text("namespace"));
        Assert.Equal("arn:aws:iam::123456789012:role/shop-external-secrets-role", account.Mapping("metadata")!.Mapping("annotations")!.Text("eks.amazonaws.com/role-arn"));
    }

    [Fact]
    public void LoadBalancerController_Values_NameClusterNetworkAndRole()
    {
        var values = Root("infrastructure/aws-load-balancer-controller/values.yaml");

        Assert.Equal(("shop-cluster", "eu-central-1", "vpc-0abc"), (values.Text("clusterName"), values.Text("region"), values.Text("vpcId")));
        Assert.Equal(
            "arn:aws:iam::123456789012:role/shop-aws-load-balancer-controller-role",
            values.Mapping("serviceAccount")!.Mapping("annotations")!.Text("eks.amazonaws.com/role-arn"));
    }

    [Fact]
    public void Parts_PlatformWithoutSecretsAndIngress_AreLeftOut()
    {
        var files = RepositoryPlatform.Files(SamplePlatform.Create(SamplePlatform.Service("worker", "processing", 0)));

        Assert.Contains("infrastructure/argocd/kustomization.yaml", files.Keys);
        Assert.DoesNotContain(files.Keys, path => path.Contains("external-secrets", StringComparison.Ordinal) || path.Contains("load-balancer", StringComparison.Ordinal));
    }

    private static MappingNode Root(string path) => (MappingNode)RepositoryPlatform.Generated[path].Documents.Single().Root;
}
