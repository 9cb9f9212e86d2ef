using Slipway.Kubernetes.Schemas;

namespace Slipway.Tests.Kubernetes.Schemas;

public sealed class SchemaCatalogTests
{
    public static TheoryData<string> Versions => [.. KubernetesVersion.All.Select(version => version.ToString())];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Types_OfEveryKind_CanBeReachedAndRead(string version)
    {
        var catalog = SchemaCatalog.For(KubernetesVersion.Parse(version)!.Value);
        var open = new Queue<string>(catalog.BuiltInKinds.Select(kind => kind.TypeName));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var name))
        {
            if (!seen.Add(name)) continue;
            foreach (var field in catalog.Type(name).Fields.Values)
            {
                for (var type = field.Type; type is not null; type = type.Element)
                {
                    if (type.TypeName is { } reached) open.Enqueue(reached);
                }
            }
        }

        Assert.True(seen.Count > 400, $"only {seen.Count} types are reached");
    }

    [Theory]
    [InlineData("1.33", "resource.k8s.io/v1", false)]
    [InlineData("1.34", "resource.k8s.io/v1", true)]
    [InlineData("1.33", "resource.k8s.io/v1alpha3", true)]
    [InlineData("1.34", "resource.k8s.io/v1alpha3", false)]
    public void Find_KindThatCameOrWent_DependsOnTheVersion(string version, string apiVersion, bool there) =>
        Assert.Equal(there, SchemaCatalog.For(KubernetesVersion.Parse(version)!.Value).Find(apiVersion, "ResourceClaim") is not null);

    [Fact]
    public void VersionsOf_AKind_ListsTheStableOneFirst() =>
        Assert.Equal("external-secrets.io/v1", SchemaCatalog.For(KubernetesVersion.Default).VersionsOf("ExternalSecret")[0]);
}
