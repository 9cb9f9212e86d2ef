using Slipway.Documents;
using Slipway.Tests.Kubernetes.Generation.Overlays;

namespace Slipway.Tests.Kubernetes.Generation.GitOps;

/// <summary>Argo CD's projects and applications.</summary>
public sealed class GitOpsTests
{
    [Fact]
    public void Project_OfThePlatform_AllowsItsRepositoryNamespacesAndKindsOnly()
    {
        var spec = Roots("argocd-apps/project.yaml")[0].Mapping("spec")!;

        Assert.Equal(["https://git.example.com/shop.git"], spec.Sequence("sourceRepos")!.Select(node => node.ToString()));
        Assert.Equal(["shop", "shop-staging"], spec.Sequence("destinations")!.OfType<MappingNode>().Select(target => target.Text("namespace")));
        Assert.Equal(["Namespace"], spec.Sequence("clusterResourceWhitelist")!.OfType<MappingNode>().Select(kind => kind.Text("kind")));
        var kinds = spec.Sequence("namespaceResourceWhitelist")!.OfType<MappingNode>().Select(kind => kind.Text("kind")).ToList();
        Assert.Contains("ExternalSecret", kinds);
        Assert.DoesNotContain("Secret", kinds);
    }

    [Fact]
    public void Application_OfAnEnvironment_IsSynchronisedByHandAndRetried()
    {
        var root = Roots("argocd-apps/phase-2-production.yaml")[0];
        var spec = root.Mapping("spec")!;

        Assert.Equal("overlays/production", spec.Mapping("source")!.Text("path"));
        Assert.Equal("shop", spec.Text("project"));
        Assert.Equal("10", spec.Text("revisionHistoryLimit"));
        var policy = spec.Mapping("syncPolicy")!;
        Assert.False(policy.Has("automated"));
        Assert.Contains(policy.Sequence("syncOptions")!, option => option.ToString() == "ServerSideApply=true");
        var retry = policy.Mapping("retry")!;
        Assert.Equal(("5", "5s", "2", "3m"), (retry.Text("limit"), retry.Mapping("backoff")!.Text("duration"), retry.Mapping("backoff")!.Text("factor"), retry.Mapping("backoff")!.Text("maxDuration")));
    }

    [Fact]
    public void Applications_Projects_AllowWhatTheyTakeAndWhereTheyPutIt()
    {
        var files = RepositoryPlatform.Generated.Values.Where(file => file.Path.StartsWith("argocd-apps/", StringComparison.Ordinal)).SelectMany(file => file.Documents)
            .Select(document => (MappingNode)document.Root).ToList();
        var projects = files.Where(root => root.Text("kind") == "AppProject").ToDictionary(References.Name, root => root.Mapping("spec")!);

        foreach (var application in files.Where(root => root.Text("kind") == "Application").Select(root => root.Mapping("spec")!))
        {
            var project = projects[application.Text("project")!];
            var sources = application.Mapping("source") is { } single ? [single] : application.Sequence("sources")!.OfType<MappingNode>();
            Assert.All(sources, source => Assert.Contains(project.Sequence("sourceRepos")!, node => node.ToString() == source.Text("repoURL")));
            Assert.Contains(project.Sequence("destinations")!.OfType<MappingNode>(), target => target.Text("namespace") == application.Mapping("destination")!.Text("namespace"));
        }
    }

    [Fact]
    public void Application_OfAChart_TakesItsValuesFromTheRepository()
    {
        var sources = Roots("argocd-apps/phase-1-external-secrets.yaml")[0].Mapping("spec")!.Sequence("sources")!.OfType<MappingNode>().ToList();

        var file = sources[0].Mapping("helm")!.Sequence("valueFiles")![0].ToString()!;
        Assert.Contains(file["$values/".Length..], RepositoryPlatform.Generated.Keys);
        Assert.Equal("values", sources[1].Text("ref"));
    }

    private static List<MappingNode> Roots(string path) => [.. RepositoryPlatform.Generated[path].Documents.Select(document => (MappingNode)document.Root)];
}
