using Slipway.Documents;

namespace Slipway.Tests.Kubernetes.Generation.Overlays;

/// <summary>What the real kustomize makes of the generated repository.</summary>
public sealed class OverlayBuildTests : IDisposable
{
    private readonly BuiltRepository _repository = new(RepositoryPlatform.Generated);

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void Build_EveryKustomization_Succeeds()
    {
        var roots = RepositoryPlatform.Generated.Keys.Where(path => path.EndsWith("/kustomization.yaml", StringComparison.Ordinal)).ToList();

        Assert.Equal(9, roots.Count);
        foreach (var root in roots) Assert.NotEmpty(_repository.Build(Path.GetDirectoryName(root)!));
    }

    [Theory]
    [InlineData("base")]
    [InlineData("overlays/dev-no-domain")]
    [InlineData("overlays/production")]
    [InlineData("overlays/staging")]
    public void Build_References_LeadToObjectsThatAreThere(string root) => Assert.Empty(References.Dangling(_repository.Build(root)));

    [Fact]
    public void Build_WithPrefix_RenamesEverythingButTheNamespaceAndRewritesAddresses()
    {
        var objects = _repository.Build("overlays/dev-no-domain");

        Assert.All(objects.Where(found => found.Text("kind") != "Namespace"), found => Assert.StartsWith("dev-", References.Name(found), StringComparison.Ordinal));
        var data = Find(objects, "ConfigMap", "dev-common-config").Mapping("data")!;
        Assert.Equal("http://dev-users:8001", data.Text("USERS_URL"));
        Assert.Equal("debug", data.Text("LOG_LEVEL"));
        Assert.Equal("no", data.Text("FEATURE"));
        var variables = Container(Find(objects, "Deployment", "dev-api-gateway")).Sequence("env")!.OfType<MappingNode>();
        Assert.Equal("http://dev-orders:80/v1", variables.Single(variable => variable.Text("name") == "ORDERS_URL").Text("value"));
        var secret = Find(objects, "ExternalSecret", "dev-jwt-secret");
        Assert.Equal("dev-jwt-secret", secret.Mapping("spec")!.Mapping("target")!.Text("name"));
        Assert.Equal("aws-secrets-manager", secret.Mapping("spec")!.Mapping("secretStoreRef")!.Text("name"));
    }

    [Fact]
    public void Build_WithOneReplica_HasNoAutoscalersAndNoBudgets()
    {
        var objects = _repository.Build("overlays/dev-no-domain");

        Assert.DoesNotContain(objects, found => found.Text("kind") is "HorizontalPodAutoscaler" or "PodDisruptionBudget");
        Assert.All(Kind(objects, "Deployment"), found => Assert.Equal("1", found.Mapping("spec")!.Text("replicas")));
    }

    [Fact]
    public void Build_WithOverriddenServices_ChangesThemAlone()
    {
        var objects = _repository.Build("overlays/production");

        Assert.Equal("5", Find(objects, "Deployment", "orders").Mapping("spec")!.Text("replicas"));
        Assert.Equal("registry.example.com/orders:1.5.0", Container(Find(objects, "Deployment", "orders")).Text("image"));
        Assert.Equal("registry.example.com/users:1.4.2", Container(Find(objects, "Deployment", "users")).Text("image"));
        var scaler = Find(objects, "HorizontalPodAutoscaler", "api-gateway-hpa").Mapping("spec")!;
        Assert.Equal(("12", "12"), (scaler.Text("minReplicas"), scaler.Text("maxReplicas")));
    }

    [Fact]
    public void Build_WithHosts_HasARuleForEachAndRedirectsToHttps()
    {
        var ingress = Kind(_repository.Build("overlays/production"), "Ingress").Single();

        var rules = ingress.Mapping("spec")!.Sequence("rules")!.OfType<MappingNode>().ToList();
        Assert.Equal(["shop.example.com", "www.shop.example.com"], rules.Select(rule => rule.Text("host")));
        Assert.All(rules, rule => Assert.Equal(["/api", "/"], rule.Mapping("http")!.Sequence("paths")!.OfType<MappingNode>().Select(path => path.Text("path"))));
        var annotations = ingress.Mapping("metadata")!.Mapping("annotations")!;
        Assert.Equal("443", annotations.Text("alb.ingress.kubernetes.io/ssl-redirect"));
        Assert.Equal("""[{"HTTP": 80}, {"HTTPS": 443}]""", annotations.Text("alb.ingress.kubernetes.io/listen-ports"));
    }

    [Fact]
    public void Build_WithAllowedAddresses_PutsTheOneListIntoEveryIngressAndAppliesNoConfigMapForIt()
    {
        var development = _repository.Build("overlays/dev-no-domain");

        Assert.All(Kind(development, "Ingress"), ingress => Assert.Equal(
            "203.0.113.7/32,198.51.100.0/24",
            ingress.Mapping("metadata")!.Mapping("annotations")!.Text("alb.ingress.kubernetes.io/inbound-cidrs")));
        Assert.DoesNotContain(development, found => References.Name(found).Contains("ingress-access", StringComparison.Ordinal));
        var open = Kind(_repository.Build("overlays/staging"), "Ingress").Single();
        Assert.False(open.Mapping("metadata")!.Mapping("annotations")!.Has("alb.ingress.kubernetes.io/inbound-cidrs"));
    }

    [Fact]
    public void Build_WithAnotherNamespace_MovesEverythingThere()
    {
        var objects = _repository.Build("overlays/staging");

        Assert.Equal("shop-staging", References.Name(Kind(objects, "Namespace").Single()));
        Assert.All(objects.Where(found => found.Text("kind") != "Namespace"), found => Assert.Equal("shop-staging", found.Mapping("metadata")!.Text("namespace")));
        Assert.All(Kind(objects, "Deployment"), found => Assert.Equal("50m", Container(found).Mapping("resources")!.Mapping("requests")!.Text("cpu")));
        var subject = Kind(objects, "RoleBinding").Single().Sequence("subjects")!.OfType<MappingNode>().Single();
        Assert.Equal("shop-staging", subject.Text("namespace"));
    }

    [Fact]
    public void Build_InOneNamespace_NoSelectorOfAnEnvironmentFindsPodsOfAnother()
    {
        foreach (var environment in new[] { "dev-no-domain", "production" })
        {
            var objects = _repository.Build($"overlays/{environment}");

            foreach (var service in Kind(objects, "Service")) Assert.Equal($"shop-{environment}", service.Mapping("spec")!.Mapping("selector")!.Text("app.kubernetes.io/instance"));
            foreach (var deployment in Kind(objects, "Deployment"))
                Assert.Equal($"shop-{environment}", deployment.Mapping("spec")!.Mapping("selector")!.Mapping("matchLabels")!.Text("app.kubernetes.io/instance"));
        }
    }

    [Fact]
    public void Build_InOneNamespace_PoliciesThatAllowSomethingHoldForTheEnvironmentAlone()
    {
        foreach (var policy in Kind(_repository.Build("overlays/production"), "NetworkPolicy").Where(policy => Peers(policy).Any() && References.Name(policy) != "allow-dns"))
            Assert.Equal("shop-production", policy.Mapping("spec")!.Mapping("podSelector")!.Mapping("matchLabels")?.Text("app.kubernetes.io/instance"));
    }

    [Fact]
    public void Build_WithAutoscaler_LeavesTheNumberOfPodsToIt()
    {
        var objects = _repository.Build("overlays/staging");

        Assert.Equal("3", Find(objects, "HorizontalPodAutoscaler", "api-gateway-hpa").Mapping("spec")!.Text("minReplicas"));
        Assert.False(Find(objects, "Deployment", "api-gateway").Mapping("spec")!.Has("replicas"));
        Assert.Equal("2", Find(objects, "Deployment", "orders").Mapping("spec")!.Text("replicas"));
    }

    [Fact]
    public void Build_PoliciesForOtherNamespaces_DoNotAskForTheEnvironmentsLabel()
    {
        foreach (var policy in Kind(_repository.Build("overlays/production"), "NetworkPolicy"))
        {
            foreach (var peer in Peers(policy).Where(peer => peer.Has("namespaceSelector")))
                Assert.False(peer.Mapping("podSelector")?.Mapping("matchLabels")?.Has("app.kubernetes.io/instance") ?? false, References.Name(policy));
        }
    }

    [Fact]
    public void Build_SharedNamespace_IsNotTakenAwayWithOneEnvironment()
    {
        Assert.Equal("Delete=false,Prune=false", SyncOptions("overlays/dev-no-domain"));
        Assert.Null(SyncOptions("overlays/staging"));

        string? SyncOptions(string root) =>
            Kind(_repository.Build(root), "Namespace").Single().Mapping("metadata")!.Mapping("annotations")?.Text("argocd.argoproj.io/sync-options");
    }

    private static IEnumerable<MappingNode> Peers(MappingNode policy) =>
        from direction in new[] { ("ingress", "from"), ("egress", "to") }
        from rule in (policy.Mapping("spec")!.Sequence(direction.Item1) ?? []).OfType<MappingNode>()
        from peer in (rule.Sequence(direction.Item2) ?? []).OfType<MappingNode>()
        select peer;

    private static IEnumerable<MappingNode> Kind(IEnumerable<MappingNode> objects, string kind) => objects.Where(found => found.Text("kind") == kind);

    private static MappingNode Find(IEnumerable<MappingNode> objects, string kind, string name) => Kind(objects, kind).Single(found => References.Name(found) == name);

    private static MappingNode Container(MappingNode deployment) =>
        (MappingNode)deployment.Mapping("spec")!.Mapping("template")!.Mapping("spec")!.Sequence("containers")![0];
}
