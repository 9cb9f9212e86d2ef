using Slipway.Platform;

namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>A small platform with one of everything that the base can hold.</summary>
internal static class SamplePlatform
{
    public static Provenance Here { get; } = new(ProvenanceKind.Inventory, "services.yaml");

    public static Value<string> Text(string text) => Value.Known(text, Here);

    public static Value<int> Number(int number) => Value.Known(number, Here);

    public static PlatformModel Create(params IReadOnlyList<Workload> workloads) => Create(Array.Empty<ConfigMapDefinition>(), workloads);

    public static PlatformModel Create(IReadOnlyList<ConfigMapDefinition> maps, IReadOnlyList<Workload> workloads) => new()
    {
        Facts = Facts(),
        GitOps = new GitOpsSettings(Text("https://git.example.com/shop.git"), Text("main"), Text(".")),
        Environments = [],
        Inventory = new Inventory
        {
            Tiers = [.. workloads.Select(workload => workload.Tier).Distinct().Select(tier => new Tier(tier, $"{tier}-sa", Here))],
            Workloads = workloads,
            ConfigMaps = maps,
            ServiceAccounts = [.. workloads.Select(workload => workload.Tier).Distinct().Order(StringComparer.Ordinal).Select(tier => new ServiceAccountDefinition($"{tier}-sa", tier, null, Here))],
        },
    };

    public static Workload Service(string name, string tier, int port, params IReadOnlyList<string> calls) => new()
    {
        Name = name,
        Tier = tier,
        Source = Here,
        Image = new ImageReference(Text(name), Text($"registry.example.com/{name}"), false, Text("1.4.2"), null),
        Ports = port == 0 ? [] : [new WorkloadPort(Text("http"), Number(port), Number(port), PortProtocol.Http)],
        Replicas = Number(2),
        Resources = new ResourceNeeds(Text("100m"), Text("128Mi"), Text("500m"), Text("512Mi")),
        ServiceAccount = Text($"{tier}-sa"),
        Readiness = port == 0 ? null : Http(5, 10),
        Liveness = port == 0 ? null : Http(15, 20),
        RunAsUser = Number(1000),
        FsGroup = Number(1000),
        Egress = EgressNeeds.None with { Services = calls },
    };

    /// <summary>Every kind of workload, volume, probe, port and policy.</summary>
    public static PlatformModel Rich()
    {
        var web = Service("web-ui", "frontend", 3000, "api-gateway") with
        {
            Ingress = [new IngressRoute(Text("/"), null)],
            WritablePaths = [Text("/var/cache/nginx"), Text("/var/run")],
            DisruptionBudget = new DisruptionBudget(Text("1"), null),
        };
        var gateway = Service("api-gateway", "gateway", 8080, "orders", "users") with
        {
            Ingress = [new IngressRoute(Text("/api"), null)],
            Replicas = Number(3),
            Autoscaling = new Autoscaling(Number(3), Number(10), Number(70), Number(80)),
            DisruptionBudget = new DisruptionBudget(null, Text("50%")),
            Metrics = new MetricsEndpoint(Text("/metrics"), "http"),
            Environment =
            [
                new EnvironmentVariable("LOG_LEVEL", new EntryValue.ConfigMapKey("common-config", "LOG_LEVEL", Here)),
                new EnvironmentVariable("JWT_SECRET", new EntryValue.SecretKey("jwt-secret", "JWT_SECRET", Here)),
                new EnvironmentVariable("POD_NAME", new EntryValue.PodField("metadata.name", Here)),
                new EnvironmentVariable("ORDERS_URL", new EntryValue.ServiceAddress("orders", null, "http://{host}:{port}/v1", Here)),
            ],
            TerminationGracePeriodSeconds = Number(30),
        };
        var orders = Service("orders", "backend", 8003, "users", "pricing") with
        {
            Ports =
            [
                new WorkloadPort(Text("http"), Number(8003), Number(80), PortProtocol.Http),
                new WorkloadPort(Text("grpc"), Number(9003), Number(9003), PortProtocol.Grpc),
            ],
            Startup = new Probe { Kind = ProbeKind.Grpc, Port = Text("grpc"), InitialDelaySeconds = Number(0), PeriodSeconds = Number(5), FailureThreshold = Number(30) },
            Egress = new EgressNeeds(["users", "pricing"], true, true, false, []),
            EnvironmentFromConfigMaps = [Text("common-config")],
            EnvironmentFromSecrets = [Text("database-credentials")],
        };
        var users = Service("users", "backend", 8001) with
        {
            Volumes =
            [
                new VolumeNeed.PersistentClaim(Text("10Gi"), Text("gp3"), Text("ReadWriteOnce")) { Name = "data", MountPath = Text("/data") },
                new VolumeNeed.ConfigMap("common-config") { Name = "settings", MountPath = Text("/etc/settings"), ReadOnly = true },
                new VolumeNeed.Secret("jwt-secret") { Name = "keys", MountPath = Text("/etc/keys"), ReadOnly = true },
                new VolumeNeed.EmptyDir(Text("64Mi")) { Name = "scratch", MountPath = Text("/tmp") },
            ],
            Readiness = new Probe { Kind = ProbeKind.Tcp, Port = Text("http"), InitialDelaySeconds = Number(5), PeriodSeconds = Number(5) },
            Liveness = new Probe { Kind = ProbeKind.Command, Command = [Text("/bin/check"), Text("--fast")], InitialDelaySeconds = Number(5), PeriodSeconds = Number(5), TimeoutSeconds = Number(2) },
        };
        var pricing = Service("pricing", "backend", 8004) with
        {
            Egress = EgressNeeds.None with { Aws = true, External = [new ExternalDestination("203.0.113.0/24", [443, 8443], Here)] },
            ObjectStorage = new ObjectStorageNeed(true, Here),
        };
        var worker = Service("mailer", "processing", 0, "users") with { Command = [Text("/mailer")], Arguments = [Text("--queue"), Text("mail")] };
        var migrate = Service("migrate", "processing", 0) with { Kind = WorkloadKind.Job, Egress = EgressNeeds.None with { Database = true } };
        var report = Service("report", "processing", 0, "orders") with { Kind = WorkloadKind.CronJob, Schedule = Text("0 3 * * *") };

        var model = Create([web, gateway, orders, users, pricing, worker, migrate, report]);
        return model with
        {
            Inventory = model.Inventory with
            {
                ConfigMaps =
                [
                    new ConfigMapDefinition(
                        "common-config",
                        [
                            new("LOG_LEVEL", new EntryValue.Literal(Text("info"))),
                            new("FEATURE", new EntryValue.Literal(Text("no"))),
                            new("USERS_URL", new EntryValue.ServiceAddress("users", null, "http://{host}:{port}", Here)),
                        ],
                        Here),
                ],
                Secrets =
                [
                    new SecretDefinition("jwt-secret", new EntryValue.Literal(Text("shop/staging/jwt")), [new SecretKeyDefinition("JWT_SECRET", "secret", null, Here)], false, Here),
                    new SecretDefinition(
                        "database-credentials",
                        new EntryValue.Literal(Text("shop/staging/database")),
                        [
                            new SecretKeyDefinition("DB_HOST", "host", null, Here),
                            new SecretKeyDefinition("DATABASE_URL", null, "postgresql://{{ .username }}:{{ .password }}@{{ .host }}", Here),
                        ],
                        true,
                        Here),
                ],
                ServiceAccounts = [.. model.Inventory.ServiceAccounts, new ServiceAccountDefinition("external-secrets-sa", null, "external_secrets", Here)],
                Roles =
                [
                    new RoleDefinition(
                        "config-reader",
                        [new RoleRule([""], ["configmaps"], ["get", "list", "watch"], [])],
                        [new RoleBindingDefinition("gateway-config-reader", ["gateway-sa"])],
                        Here),
                ],
            },
        };
    }

    private static Probe Http(int delay, int period) => new()
    {
        Kind = ProbeKind.Http,
        Path = Text("/health"),
        Port = Text("http"),
        InitialDelaySeconds = Number(delay),
        PeriodSeconds = Number(period),
    };

    private static InfrastructureFacts Facts() => new()
    {
        Project = new ProjectFacts(Output("shop", "project_name"), Output("staging", "environment"), Output("eu-central-1", "region"), Output("123456789012", "aws_account_id"), Output("shop", "namespace")),
        Networking = new NetworkingFacts(Output("vpc-0abc", "vpc_id"), Output("10.0.0.0/16", "vpc_cidr"), Value.Known<IReadOnlyList<string>>(["subnet-1"], Here)),
        Database = new DatabaseFacts(Output("shop-db", "rds_identifier"), Output("db.example.com", "rds_endpoint"), Value.Known(5432, Here), Output("shop", "rds_name"), Output("shop/staging/database", "rds_secret"), null),
        Cache = new CacheFacts(Output("shop-redis", "redis_id"), Output("redis.example.com", "redis_endpoint"), Value.Known(6379, Here), Output("shop/staging/redis", "redis_secret"), null),
        IrsaRoles = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal)
        {
            ["external_secrets"] = Output("arn:aws:iam::123456789012:role/shop-external-secrets-role", "external_secrets_role_arn"),
        },
    };

    private static Value<string> Output(string text, string output) => Value.Known(text, new Provenance(ProvenanceKind.Terraform, $"output.{output}"));
}
