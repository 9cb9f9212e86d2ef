using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Platform.Reading;

namespace Slipway.Tests.Platform.Reading;

public sealed class InventoryReaderTests
{
    private const string Good = "name: web, tier: backend, port: 80, image: {tag: '1'}";

    private readonly List<Diagnostic> _problems = [];

    [Fact]
    public void Read_LeastThatIsNeeded_HasTheContractsDefaults()
    {
        var inventory = Read("services:\n  - { name: web, tier: backend, port: 8080, image: { tag: 1.2.0 } }\n")!;

        var web = Assert.Single(inventory.Workloads);
        Assert.Equal(2, web.Replicas.Content);
        Assert.Equal(("100m", "128Mi", "500m", "512Mi"), (web.Resources.CpuRequest.Content, web.Resources.MemoryRequest.Content, web.Resources.CpuLimit.Content, web.Resources.MemoryLimit.Content));
        Assert.Equal((ProbeKind.Http, "/health", 5, 5), (web.Readiness!.Kind, web.Readiness.Path!.Content, web.Readiness.InitialDelaySeconds.Content, web.Readiness.PeriodSeconds.Content));
        Assert.Equal((ProbeKind.Http, 30, 10), (web.Liveness!.Kind, web.Liveness.InitialDelaySeconds.Content, web.Liveness.PeriodSeconds.Content));
        Assert.Null(web.Startup);
        Assert.Equal(["/tmp"], web.WritablePaths.Select(path => path.Content));
        Assert.Equal(("backend-sa", 1000, 1000), (web.ServiceAccount.Content, web.RunAsUser.Content, web.FsGroup.Content));
        Assert.Equal(("http", 8080, 8080), (web.Ports[0].Name.Content, web.Ports[0].ContainerPort.Content, web.Ports[0].ServicePort.Content));
        Assert.Equal(("web", "web", true, "1.2.0"), (web.Image.Name.Content, web.Image.Repository.Content, web.Image.FromRegistry, web.Image.Tag!.Content));
        Assert.Equal(["backend-sa", "external-secrets-sa"], inventory.ServiceAccounts.Select(account => account.Name));
        Assert.Equal(["backend"], inventory.Tiers.Select(tier => tier.Name));
    }

    [Fact]
    public void Read_EveryField_HoldsThemAll()
    {
        var inventory = Read(InventorySamples.EveryField)!;

        var api = inventory.Workloads[0];
        Assert.Equal([PortProtocol.Http, PortProtocol.Grpc, PortProtocol.Http, PortProtocol.Udp], api.Ports.Select(port => port.Protocol));
        Assert.Equal(80, api.Ports[0].ServicePort.Content);
        Assert.Equal((ProbeKind.Grpc, "grpc", 3, 5), (api.Readiness!.Kind, api.Readiness.Port!.Content, api.Readiness.TimeoutSeconds!.Content, api.Readiness.FailureThreshold!.Content));
        Assert.Equal((ProbeKind.Command, 60), (api.Liveness!.Kind, api.Liveness.PeriodSeconds.Content));
        Assert.Equal(("registry.example.com:5000/acme/api", false, "1.10"), (api.Image.Repository.Content, api.Image.FromRegistry, api.Image.Tag!.Content));
        Assert.Equal((false, true, true), (api.Egress.Database, api.Egress.Cache, api.Egress.Aws));
        Assert.Equal(["example.com/owner", "plain"], api.Annotations.Select(annotation => annotation.Key));
        Assert.Equal(("/m", "admin"), (api.Metrics!.Path.Content, api.Metrics.Port));
        Assert.Equal([WorkloadKind.Deployment, WorkloadKind.Deployment, WorkloadKind.Deployment, WorkloadKind.Job, WorkloadKind.CronJob], inventory.Workloads.Select(workload => workload.Kind));
        Assert.Equal([ProbeKind.Tcp, null, null, null], inventory.Workloads.Skip(1).Select(workload => workload.Liveness?.Kind));
        Assert.Equal(["/tmp", "", "", "/tmp"], inventory.Workloads.Skip(1).Select(workload => string.Join(' ', workload.WritablePaths.Select(path => path.Content))));
        Assert.Equal(("nginx", true), (inventory.Workloads[1].Image.Repository.Content, inventory.Workloads[1].Image.FromRegistry));
        Assert.Equal("edge_role", inventory.ServiceAccounts.Single(account => account.Name == "edge-account").IrsaRole);
        Assert.Null(inventory.ServiceAccounts.Single(account => account.Name == "external-secrets-sa").IrsaRole);
        Assert.Equal("own", inventory.ServiceAccounts.Single(account => account.Name == "own-sa").IrsaRole);
        Assert.Equal([true, true, false], inventory.Secrets.Select(secret => secret.FromTerraform));
    }

    [Theory]
    [InlineData("services:\n\t- name: a\n", "SLW2201", 2)]
    [InlineData("services: []\nservices: []\n", "SLW2202", 2)]
    [InlineData("", "SLW2201", null)]
    [InlineData("[1, 2]", "SLW1203", 1)]
    [InlineData("services: nothing", "SLW1203", 1)]
    [InlineData("servces:\n  - {}\n", "SLW1201", 1)]
    [InlineData("a\0b", "SLW2201", 1)]
    public void Read_NoInventory_SaysWhere(string yaml, string code, int? line)
    {
        Assert.Null(Read(yaml));

        var problem = _problems[0].Code == "SLW1202" ? _problems[1] : _problems[0];
        Assert.Equal((code, line), (problem.Code, problem.Place!.Line));
        Assert.NotNull(problem.Fix);
    }

    [Fact]
    public void Read_AnchorBomb_IsRefused()
    {
        var yaml = new System.Text.StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var at = 1; at < 9; at++) yaml.Append($"a{at}: &a{at} [*a{at - 1}, *a{at - 1}, *a{at - 1}, *a{at - 1}, *a{at - 1}, *a{at - 1}, *a{at - 1}, *a{at - 1}, *a{at - 1}]\n");

        Assert.Null(Read(yaml.ToString()));
        Assert.Equal("SLW2203", Assert.Single(_problems).Code);
    }

    [Theory]
    [InlineData("tier: backend, port: 80, image: {tag: '1'}", "SLW1202", "needs the field 'name'")]
    [InlineData("name: Web_1, tier: backend, port: 80, image: {tag: '1'}", "SLW1204", "'Web_1' is no DNS label")]
    [InlineData("name: 1web, tier: backend, port: 80, image: {tag: '1'}", "SLW1204", "must start with a letter")]
    [InlineData("name: web, tier: backnd, port: 80, image: {tag: '1'}", "SLW1206", "there is no tier 'backnd'")]
    [InlineData("name: web, tier: backend, port: 70000, image: {tag: '1'}", "SLW1204", "from 1 to 65535")]
    [InlineData("name: web, tier: backend, port: '80', image: {tag: '1'}", "SLW1203", "must be a whole number")]
    [InlineData("name: web, tier: backend, image: {tag: '1'}", "SLW1211", "has no port")]
    [InlineData("name: web, tier: backend, port: 80", "SLW1202", "needs the field 'image'")]
    [InlineData("name: web, tier: backend, port: 80, image: {tag: latest}", "SLW1207", "'latest'")]
    [InlineData("name: web, tier: backend, port: 80, image: {}", "SLW1207", "neither tag nor digest")]
    [InlineData("name: web, tier: backend, port: 80, image: nginx", "SLW1207", "neither tag nor digest")]
    [InlineData("name: web, tier: backend, port: 80, image: 'nginx:latest'", "SLW1207", "'latest'")]
    [InlineData("name: web, tier: backend, port: 80, image: {tag: 'a b'}", "SLW1204", "is no image tag")]
    [InlineData("name: web, tier: backend, port: 80, image: {digest: 'sha256:12'}", "SLW1204", "is no image digest")]
    [InlineData("name: web, tier: backend, prot: 80, port: 80, image: {tag: '1'}", "SLW1201", "no field 'prot'")]
    [InlineData(Good + ", resources: {requests: {cpu: 2}}", "SLW1208", "above the limit 500m (the default of tier backend)")]
    [InlineData(Good + ", resources: {limits: {memory: 512}}", "SLW1204", "suffix")]
    [InlineData(Good + ", resources: {limits: {memory: 128m}}", "SLW1204", "'Mi' was perhaps meant")]
    [InlineData(Good + ", resources: {limits: {cpu: lots}}", "SLW1204", "is no quantity")]
    [InlineData(Good + ", autoscale: {min: 3, max: 3, cpu: 70}", "SLW1209", "not above the minimum")]
    [InlineData(Good + ", autoscale: {min: 2, max: 3}", "SLW1209", "neither a target")]
    [InlineData(Good + ", autoscale: {min: 2, max: 3, cpu: 170}", "SLW1204", "from 1 to 100")]
    [InlineData(Good + ", disruptionBudget: {minAvailable: 1, maxUnavailable: 1}", "SLW1210", "exactly one")]
    [InlineData(Good + ", disruptionBudget: {}", "SLW1210", "exactly one")]
    [InlineData(Good + ", disruptionBudget: {minAvailable: most}", "SLW1204", "neither a number of pods")]
    [InlineData(Good + ", ports: [{port: 1}]", "SLW1213", "exclude each other")]
    [InlineData(Good + ", schedule: '@daily'", "SLW1211", "only a cronjob")]
    [InlineData(Good + ", ingress: [api]", "SLW1204", "is no URL path")]
    [InlineData(Good + ", ingress: ['/a b']", "SLW1204", "hold neither blanks nor '#'")]
    [InlineData(Good + ", protocol: tcp, ingress: [/api]", "SLW1217", "which speaks tcp")]
    [InlineData(Good + ", writablePaths: [tmp]", "SLW1204", "is no absolute path")]
    [InlineData(Good + ", writablePaths: [/a, /a]", "SLW1205", "mounted at '/a' already")]
    [InlineData(Good + ", probes: {readiness: {type: tcp, path: /x}}", "SLW1213", "only an HTTP probe")]
    [InlineData(Good + ", probes: {readiness: {port: admin}}", "SLW1221", "no such port")]
    [InlineData(Good + ", env: {literals: {A: {fact: a.b, value: c}}}", "SLW1213", "exclude each other")]
    [InlineData(Good + ", env: {literals: {A: {service: wbe}}}", "SLW1220", "no such service")]
    [InlineData(Good + ", env: {literals: {A: {field: metadata.nam}}}", "SLW1204", "is no field of a pod")]
    [InlineData(Good + ", env: {literals: {'A B': c}}", "SLW1204", "is no name of an environment variable")]
    [InlineData(Good + ", env: {literals: {A: }}", "SLW1203", "must be text but is nothing")]
    [InlineData(Good + ", env: {fromConfigMaps: {nowhere: [A]}}", "SLW1222", "no such config map")]
    [InlineData(Good + ", env: {fromSecrets: {nowhere: '*'}}", "SLW1224", "no such secret")]
    [InlineData(Good + ", egress: {services: [other]}", "SLW1220", "reaches 'other'")]
    [InlineData(Good + ", egress: {external: [{cidr: 10.0.0.1/8, ports: [1]}]}", "SLW1204", "is no network")]
    [InlineData(Good + ", egress: {external: [{cidr: 10.0.0.0/8, ports: []}]}", "SLW1204", "names no port")]
    [InlineData(Good + ", volumes: [{name: a, mountPath: /a}]", "SLW1213", "does not say what it is")]
    [InlineData(Good + ", volumes: [{name: a, mountPath: /a, secret: nowhere}]", "SLW1224", "no such secret")]
    [InlineData(Good + ", annotations: {'a/b/c': d}", "SLW1204", "is no annotation key")]
    [InlineData(Good + ", runAsUser: 0", "SLW1204", "must be 1 or more")]
    [InlineData(Good + ", runAsUser: 3000000000", "SLW1204", "must be from 1 to 2147483647")]
    [InlineData("name: web, tier: backend, kind: cronjob, image: {tag: '1'}", "SLW1202", "needs the field 'schedule'")]
    [InlineData("name: web, tier: backend, kind: cronjob, schedule: '61 * * * *', image: {tag: '1'}", "SLW1212", "no valid minute")]
    [InlineData("name: web, tier: backend, kind: job, replicas: 2, image: {tag: '1'}", "SLW1211", "a job has no 'replicas'")]
    [InlineData("name: web, tier: backend, kind: worker, port: 80, image: {tag: '1'}", "SLW1211", "a worker has no 'port'")]
    [InlineData("name: web, tier: backend, kind: demon, port: 80, image: {tag: '1'}", "SLW1204", "'demon' is no kind")]
    public void Read_OneFault_IsToldWithItsPlace(string service, string code, string words)
    {
        Assert.Null(Read($"services:\n  - {{ {service} }}\n"));

        var problem = Assert.Single(_problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains(words, problem.Summary, StringComparison.Ordinal);
        Assert.Equal(2, problem.Place!.Line);
        Assert.NotNull(problem.Place.Path);
    }

    [Theory]
    [InlineData("tiers: [{name: unused}]", "SLW1214", "no service is of the tier 'unused'")]
    [InlineData("configMaps: {settings: {'a b': c}}", "SLW1204", "is no key")]
    [InlineData("configMaps: {aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: {a: b}}", "SLW1204", "at most 180 characters")]
    [InlineData("configMaps: {settings: [a]}", "SLW1203", "must be a mapping")]
    [InlineData("configMaps: {settings: {A: {service: web, port: grpc}}}", "SLW1221", "no such port in 'web'")]
    [InlineData("configMaps: {settings: {A: {fact: region}}}", "SLW1204", "is no fact")]
    [InlineData("configMaps: {Settings: {}}", "SLW1204", "is no DNS name")]
    [InlineData("secrets: {token: {}}", "SLW1202", "needs the field 'keys'")]
    [InlineData("secrets: {token: {keys: [A, A]}}", "SLW1205", "listed twice")]
    [InlineData("secrets: {token: {keys: {A: {template: fixed}}}}", "SLW1204", "takes nothing from the secret")]
    [InlineData("roles: [{name: r, rules: [], bindings: [{name: b, serviceAccounts: [nobody]}]}]", "SLW1226", "no such service account")]
    [InlineData("serviceAccounts: [{name: a, tier: bakend}]", "SLW1206", "there is no tier 'bakend'")]
    public void Read_OneFaultInWhatIsShared_IsToldWithItsPlace(string shared, string code, string words)
    {
        Read($"services: [{{ {Good} }}]\n{shared}\n");

        var problem = Assert.Single(_problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains(words, problem.Summary, StringComparison.Ordinal);
        Assert.Equal(2, problem.Place!.Line);
    }

    [Fact]
    public void Read_TwoServicesOfOneName_NamesBothPlaces()
    {
        Assert.Null(Read($"services:\n  - {{ {Good} }}\n  - {{ {Good} }}\n"));

        var problem = Assert.Single(_problems);
        Assert.Equal("services.yaml:3:13 (services[1].name): error SLW1205: two services are called 'web' (the first at services.yaml:2:13). Fix: rename or remove one of the two", problem.ToString());
    }

    [Fact]
    public void Read_MisspeltTier_IsToldOnceWithoutWhatFollowsFromIt()
    {
        Assert.Null(Read(
            """
            tiers: [{ name: backend }]
            roles: [{ name: r, rules: [], bindings: [{ name: b, serviceAccounts: [backend-sa] }] }]
            services: [{ name: web, tier: backnd, port: 80, image: { tag: "1" } }]
            """));

        Assert.Equal("SLW1206", Assert.Single(_problems).Code);
    }

    [Fact]
    public void Read_ManyFaults_AreReportedAtOnceInOrder()
    {
        Assert.Null(Read(
            """
            services:
              - name: Web
                tier: bakend
                port: 99999
                image: { tag: latest }
              - name: api
                tier: backend
                port: 80
                image: { tag: "1" }
                env: { fromConfigMaps: { comon: [A] } }
            configMaps:
              common: { A: b }
            """));

        Assert.Equal(["2:11 SLW1204", "3:11 SLW1206", "4:11 SLW1204", "5:19 SLW1207", "10:38 SLW1222"], _problems.Select(problem => $"{problem.Place!.Line}:{problem.Place.Column} {problem.Code}"));
        Assert.Equal("did you mean 'common'?", _problems[^1].Fix);
    }

    [Theory]
    [InlineData("replicas: 9, autoscale: {min: 2, max: 4, cpu: 70}", "SLW1215")]
    [InlineData("disruptionBudget: {minAvailable: 2}", "SLW1216")]
    [InlineData("disruptionBudget: {maxUnavailable: 0}", "SLW1216")]
    public void Read_NumbersThatContradict_AreAWarning(string fields, string code)
    {
        Assert.NotNull(Read($"services: [{{ {Good}, {fields} }}]"));
        Assert.Equal((code, Severity.Warning), (Assert.Single(_problems).Code, _problems[0].Severity));
    }

    [Fact]
    public void Read_ValuesFromFactsAndSecrets_ImplyWhatIsReached()
    {
        var inventory = Read(
            $$"""
            configMaps: { shared: { PEER: { service: peer }, HOST: { fact: cache.primary_endpoint } } }
            secrets: { database: { remote: { fact: database.secret_name }, keys: [URL] } }
            services:
              - { {{Good}}, env: { fromConfigMaps: { shared: "*" }, fromSecrets: { database: [URL] } }, storage: { s3: read } }
              - { name: peer, tier: backend, port: 81, image: { tag: '1' }, egress: { services: [web] } }
            """)!;

        var egress = inventory.Workloads[0].Egress;
        Assert.Equal(["peer"], egress.Services);
        Assert.True(egress.Database && egress.Cache && egress.Aws);
        Assert.Equal(["web"], inventory.Workloads[1].Egress.Services);
        Assert.Equal(["backend", "external_secrets"], inventory.ServiceAccounts.Select(account => account.IrsaRole));
    }

    [Fact]
    public void Read_WithProvenance_TakesItInsteadOfTheLine()
    {
        var root = Slipway.Documents.DocumentReader.ReadSingle($"services: [{{ {Good} }}]", "f", _problems)!;
        var inventory = InventoryReader.Read(root, "f", _problems, (_, path) => new Provenance(ProvenanceKind.Edited, path));

        Assert.Equal(new Provenance(ProvenanceKind.Edited, "services[0].image.tag"), inventory!.Workloads[0].Image.Tag!.Source);
    }

    private Inventory? Read(string yaml) => InventoryReader.Read(yaml, "services.yaml", _problems);
}
