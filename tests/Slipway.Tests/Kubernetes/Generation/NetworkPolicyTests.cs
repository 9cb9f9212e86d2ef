using FsCheck;
using FsCheck.Fluent;
using Slipway.Platform;

namespace Slipway.Tests.Kubernetes.Generation;

public sealed class NetworkPolicyTests
{
    private static readonly string[] Tiers = ["frontend", "gateway", "backend", "processing", "infrastructure", "edge"];

    [Fact]
    public void Policies_AnyPlatform_AllowExactlyTheCallsOfTheInventory() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(2026, 1121), Prop.ForAll(Platforms.ToArbitrary(), AllowsExactly));

    [Fact]
    public void Policies_AnyPlatform_HaveNoRuleThatAnotherMakesPointless() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(2026, 1121), Prop.ForAll(Platforms.ToArbitrary(), HasNoPointlessRule));

    [Fact]
    public void Policies_RichPlatform_HaveNoRuleThatAnotherMakesPointless() => HasNoPointlessRule(SamplePlatform.Rich());

    [Fact]
    public void Policies_Always_DenyBothDirectionsAndAllowDns()
    {
        var names = Names(SamplePlatform.Create(SamplePlatform.Service("web", "frontend", 3000)));

        Assert.Equal(["default-deny-ingress", "default-deny-egress", "allow-dns"], names);
    }

    [Fact]
    public void Policies_BuiltInTiers_HaveTheContractsNames()
    {
        var web = SamplePlatform.Service("web-ui", "frontend", 3000, "api-gateway") with { Ingress = [new IngressRoute(SamplePlatform.Text("/"), null)] };
        var admin = SamplePlatform.Service("admin", "frontend", 3001, "api-gateway") with { Ingress = [new IngressRoute(SamplePlatform.Text("/admin"), null)] };
        var gateway = SamplePlatform.Service("api-gateway", "gateway", 8080, "auth", "analytics") with { Ingress = [new IngressRoute(SamplePlatform.Text("/api"), null)] };
        var auth = SamplePlatform.Service("auth", "backend", 8002, "user", "db-proxy") with { Metrics = new MetricsEndpoint(SamplePlatform.Text("/metrics"), "http") };
        var user = SamplePlatform.Service("user", "backend", 8001);
        var analytics = SamplePlatform.Service("analytics", "processing", 8011, "db-proxy");
        var proxy = SamplePlatform.Service("db-proxy", "infrastructure", 5433) with { Egress = new EgressNeeds([], true, false, true, []) };

        var names = Names(SamplePlatform.Create(web, admin, gateway, auth, user, analytics, proxy));

        Assert.Subset(
            names.ToHashSet(),
            new HashSet<string>
            {
                "default-deny-ingress", "allow-dns", "allow-frontend-ingress", "allow-api-gateway-ingress", "allow-backend-from-gateway", "allow-backend-internal",
                "allow-processing-communication", "allow-infrastructure-access", "allow-prometheus-scraping", "allow-aws-services-egress", "allow-internal-egress-web-ui",
            });
    }

    [Fact]
    public void Policies_WhoReachesAnyAddressAlready_GetsNoNarrowerRule()
    {
        var open = SamplePlatform.Service("open", "backend", 8001) with
        {
            Egress = new EgressNeeds([], true, true, true, [new ExternalDestination("0.0.0.0/0", [443, 5432, 6379], SamplePlatform.Here)]),
        };

        var names = Names(SamplePlatform.Create(open));

        Assert.Equal(["default-deny-ingress", "default-deny-egress", "allow-dns", "allow-external-egress-open"], names);
    }

    [Fact]
    public void Policies_PortOfOneServiceClosedInAnother_IsNotOpenedByTheirSharedPolicy()
    {
        var admin = new WorkloadPort(SamplePlatform.Text("admin"), SamplePlatform.Number(9000), SamplePlatform.Number(9000), PortProtocol.Http);
        var shop = SamplePlatform.Service("shop", "frontend", 8080) with { Ingress = [new IngressRoute(SamplePlatform.Text("/"), null)] };
        var model = SamplePlatform.Create(
            shop with { Ports = [.. shop.Ports, admin], Metrics = new MetricsEndpoint(SamplePlatform.Text("/metrics"), "admin") },
            SamplePlatform.Service("blog", "frontend", 9000) with { Ingress = [new IngressRoute(SamplePlatform.Text("/blog"), null)] },
            SamplePlatform.Service("help", "frontend", 8080) with
            {
                Ingress = [new IngressRoute(SamplePlatform.Text("/help"), null)],
                Metrics = new MetricsEndpoint(SamplePlatform.Text("/metrics"), "http"),
            });

        var policies = new PolicyReading(model);

        Assert.Equal(["TCP/8080"], Opened("10.0.0.0/16", "shop"));
        Assert.Equal(["TCP/9000"], Opened("10.0.0.0/16", "blog"));
        Assert.Equal(["TCP/9000"], Opened("monitoring", "shop"));
        Assert.Equal(["TCP/8080"], Opened("monitoring", "help"));

        IEnumerable<string> Opened(string from, string service) => policies.Allowances
            .Where(allowed => allowed.IsIngress && allowed.Peer.Contains(from, StringComparison.Ordinal) && allowed.Pods.Contains(service))
            .SelectMany(allowed => allowed.Ports);
    }

    [Fact]
    public void Policies_TierAndServiceOfOneName_KeepDifferentNames()
    {
        var route = new IngressRoute(SamplePlatform.Text("/a"), null);
        var other = new IngressRoute(SamplePlatform.Text("/b"), null);
        var model = SamplePlatform.Create(
            SamplePlatform.Service("edge", "gateway", 80) with { Ingress = [route] },
            SamplePlatform.Service("a", "edge", 80) with { Ingress = [other] },
            SamplePlatform.Service("b", "edge", 80));

        var names = Names(model);

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Contains("allow-edge-ingress-2", names);
    }

    private static Gen<PlatformModel> Platforms =>
        from count in Gen.Choose(1, 12)
        from tiers in Gen.Elements(Tiers).ArrayOf(count)
        from worker in Gen.Choose(0, 5).ArrayOf(count)
        from calls in Gen.Choose(0, 99).ArrayOf(count * count)
        from needs in Gen.Choose(0, 31).ArrayOf(count)
        select Platform(count, tiers, worker, calls, needs);

    private static PlatformModel Platform(int count, string[] tiers, int[] worker, int[] calls, int[] needs) => SamplePlatform.Create(
    [
        .. Enumerable.Range(0, count).Select(at =>
        {
            var service = SamplePlatform.Service($"s{at}", tiers[at], worker[at] == 0 ? 0 : 8000 + (at % 4));
            return service with
            {
                Egress = new EgressNeeds(
                    [.. Enumerable.Range(0, count).Where(other => other != at && calls[(at * count) + other] < 25).Select(other => $"s{other}")],
                    (needs[at] & 1) > 0,
                    (needs[at] & 2) > 0,
                    (needs[at] & 4) > 0,
                    []),
                Ingress = (needs[at] & 8) > 0 && service.Ports.Count > 0 ? [new IngressRoute(SamplePlatform.Text($"/{at}"), null)] : [],
                Metrics = (needs[at] & 16) > 0 && service.Ports.Count > 0 ? new MetricsEndpoint(SamplePlatform.Text("/metrics"), "http") : null,
            };
        }),
    ]);

    private static void AllowsExactly(PlatformModel model)
    {
        var policies = new PolicyReading(model);
        foreach (var caller in model.Inventory.Workloads)
        {
            foreach (var target in model.Inventory.Workloads.Where(target => target.Name != caller.Name && target.Ports.Count > 0))
            {
                var wanted = caller.Egress.Services.Contains(target.Name);
                Assert.Equal((caller.Name, target.Name, wanted), (caller.Name, target.Name, policies.Reaches(caller, target, target.Ports[0].ContainerPort.Content)));
            }
        }
    }

    private static void HasNoPointlessRule(PlatformModel model)
    {
        var allowances = new PolicyReading(model).Allowances;
        var pointless = from one in allowances
                        from other in allowances
                        where !ReferenceEquals(one, other) && other.Covers(one)
                        select $"{other.Policy} makes a rule of {one.Policy} pointless";
        Assert.Empty(pointless);
        Assert.DoesNotContain(allowances, allowance => allowance.Pods.Count == 0);
    }

    private static IReadOnlyList<string> Names(PlatformModel model) => [.. Generate.Kind(model, "NetworkPolicy").Select(policy => policy.Mapping("metadata")!.Text("name")!)];
}
