using Slipway.Configuration;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Platform.Building;
using Slipway.Platform.Reading;

namespace Slipway.Tests.Platform.Building;

public sealed class PlatformBuilderTests
{
    private static readonly Provenance Source = new(ProvenanceKind.Terraform, "output.test");

    private readonly List<Diagnostic> _problems = [];

    [Fact]
    public void Build_Facts_ArePutInWithTheirSource()
    {
        var model = Build(
            """
            configMaps: { settings: { HOST: { fact: database.endpoint }, PORT: { fact: database.port }, PEER: { service: web } } }
            secrets: { database: { remote: { fact: database.secret_name }, keys: [A] }, broker: { keys: [B] } }
            services:
              - { name: web, tier: backend, port: 80, image: { tag: "1" }, env: { literals: { REGION: { fact: project.region } } } }
            """)!;

        var entries = model.Inventory.ConfigMaps[0].Entries.ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal(Value.Known("db.example.com", Source), Assert.IsType<EntryValue.Literal>(entries["HOST"]).Text);
        Assert.Equal("5432", Assert.IsType<EntryValue.Literal>(entries["PORT"]).Text.Content);
        Assert.IsType<EntryValue.ServiceAddress>(entries["PEER"]);
        Assert.Equal("us-east-1", Assert.IsType<EntryValue.Literal>(model.Inventory.Workloads[0].Environment[0].Value).Text.Content);
        Assert.Equal(["shop/prod/database", "shop/prod/broker"], model.Inventory.Secrets.Select(secret => Assert.IsType<EntryValue.Literal>(secret.RemoteName).Text.Content));
        var toFill = _problems.Single(problem => problem.Code == "SLW1236");
        Assert.Equal((Severity.Info, "put B into 'shop/prod/broker' in the secret store before deploying"), (toFill.Severity, toFill.Fix));
    }

    [Theory]
    [InlineData("web", "image: { tag: '1' }", "123.dkr.ecr/shop-web")]
    [InlineData("api", "image: { tag: '1' }", "123.dkr.ecr/api")]
    [InlineData("web", "image: { repository: shop-web, tag: '1' }", "123.dkr.ecr/shop-web")]
    [InlineData("job", "image: { tag: '1' }", "123.dkr.ecr/shop/job")]
    [InlineData("proxy", "image: docker.io/library/nginx:1.27", "docker.io/library/nginx")]
    public void Build_Image_IsFoundInTheRegistry(string name, string image, string repository)
    {
        var model = Build($"services: [{{ name: {name}, tier: backend, port: 80, {image} }}]")!;

        Assert.Equal(repository, model.Inventory.Workloads[0].Image.Repository.Content);
        Assert.All(_problems, problem => Assert.Equal("SLW1235", problem.Code));
    }

    [Fact]
    public void Build_RepositoriesThatNobodyUses_AreToldAsInformation()
    {
        Assert.NotNull(Build("services: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]"));

        Assert.Equal(
            ["no service uses the image repository 'api'", "no service uses the image repository 'shop/job'"],
            _problems.Select(problem => problem.Summary));
        Assert.All(_problems, problem => Assert.Equal(Severity.Info, problem.Severity));
    }

    [Fact]
    public void Build_NoListOfRepositories_GoesByTheRegistrysAddress()
    {
        var facts = Facts with { Registry = new RegistryFacts(Known("123.dkr.ecr"), new SortedDictionary<string, Value<string>>()) };

        Assert.Equal("123.dkr.ecr/shop-web", Build("services: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]", facts)!.Inventory.Workloads[0].Image.Repository.Content);
    }

    [Fact]
    public void Build_UnknownFacts_StayUnknown()
    {
        var unknown = Value.Unknown<string>("database.endpoint", Source);
        var facts = Facts with
        {
            Database = Facts.Database! with { Endpoint = unknown },
            Registry = new RegistryFacts(Value.Unknown<string>("container_registry.ecr_base_url", Source), new SortedDictionary<string, Value<string>>()),
        };

        var model = Build("configMaps: { a: { B: { fact: database.endpoint } } }\nservices: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]", facts)!;

        Assert.Same(unknown, Assert.IsType<EntryValue.Literal>(model.Inventory.ConfigMaps[0].Entries[0].Value).Text);
        Assert.Equal("container_registry.repository_urls.web", model.Inventory.Workloads[0].Image.Repository.UnknownName);
    }

    [Fact]
    public void Build_SensitiveFact_IsRefused()
    {
        var facts = Facts with { Database = Facts.Database! with { Endpoint = Value.Sensitive("secret", Source) } };

        Assert.Null(Build("configMaps: { a: { B: { fact: database.endpoint } } }\nservices: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]", facts));
        Assert.Contains(_problems, problem => problem.Code == "SLW1232" && problem.Place!.Line == 1);
        Assert.DoesNotContain(_problems, problem => problem.ToString().Contains("secret'", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_EverythingWrong_IsReportedAtOnce()
    {
        var model = Build(
            """
            configMaps:
              settings: { A: { fact: databse.port }, B: { fact: storage.bucket_name } }
            serviceAccounts: [{ name: backend-sa, irsaRole: backand }]
            services:
              - { name: wep, tier: backend, port: 80, image: { tag: "1" } }
              - { name: a-service-whose-name-is-nearly-too-long-for-a-label-of-dns-x, tier: backend, port: 80, image: docker.io/a/b:1 }
            """,
            configuration:
            """
            environments:
              dev:
                namePrefix: dev-
                services: { wbe: { replicas: 1 }, wep: { tag: latest } }
                resources: { requests: { cpu: 2, memory: 1Gi }, limits: { cpu: 1, memory: 1Gi } }
                configMaps: { settings: { C: d }, others: { A: b } }
            """);

        Assert.Null(model);
        Assert.Equal(
            ["SLW1207", "SLW1208", "SLW1230", "SLW1231", "SLW1233", "SLW1234", "SLW1237", "SLW1238", "SLW1238", "SLW1239"],
            _problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Code).Order(StringComparer.Ordinal));
        Assert.All(_problems.Where(problem => problem.Severity == Severity.Error), problem => Assert.True(problem.Place?.Line is not null && problem.Fix is not null, problem.ToString()));
        Assert.Contains(_problems, problem => problem.Fix == "did you mean 'database.port'?");
    }

    [Fact]
    public void Build_NamespaceThatIsNoLabel_IsRefused()
    {
        Assert.Null(Build(
            "services: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]",
            Facts with { Project = Facts.Project with { Namespace = Known("My_Shop") } }));
        Assert.Contains(_problems, problem => problem.Code == "SLW1240" && problem.Summary.Contains("'My_Shop' is no DNS label", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ staging: {}, production: {} }", true)]
    [InlineData("{ staging: { namespace: shop }, production: {} }", true)]
    [InlineData("{ staging: { namespace: shop-staging }, production: {} }", false)]
    [InlineData("{ staging: { namePrefix: stg- }, production: {} }", false)]
    public void Build_EnvironmentsThatCallEverythingTheSame_AreWarnedOf(string environments, bool expected)
    {
        Assert.NotNull(Build("services: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]", configuration: $"environments: {environments}"));

        Assert.Equal(expected, _problems.Any(problem => problem.Code == "SLW1241" && problem.Severity == Severity.Warning && problem.Place!.Line == 1));
    }

    [Fact]
    public void Build_NoEnvironment_TakesTheTwoOfEveryPlatform() => Assert.Equal(
        ["dev-no-domain", "production"],
        Build("services: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]", configuration: "environments: {}")!.Environments.Select(environment => environment.Name));

    [Fact]
    public void Build_Configuration_IsCarried()
    {
        var model = Build("services: [{ name: web, tier: backend, port: 80, image: { tag: '1' } }]", configuration: "secrets: { placeholders: true }\ngitops: { repository: https://git.example.com/a.git }")!;

        Assert.True(model.PlaceholderSecrets);
        Assert.Equal("https://git.example.com/a.git", model.GitOps.RepositoryUrl.Content);
        Assert.Equal(["dev-no-domain", "production"], model.Environments.Select(environment => environment.Name));
    }

    private static InfrastructureFacts Facts { get; } = new()
    {
        Project = new ProjectFacts(Known("shop"), Known("prod"), Known("us-east-1"), Known("123456789012"), Known("shop")),
        Database = new DatabaseFacts(Known("db"), Known("db.example.com"), Value.Known(5432, Source), Known("shop"), Known("shop/prod/database"), null),
        Registry = new RegistryFacts(
            Known("123.dkr.ecr"),
            new SortedDictionary<string, Value<string>>(StringComparer.Ordinal)
            {
                ["shop-web"] = Known("123.dkr.ecr/shop-web"),
                ["api"] = Known("123.dkr.ecr/api"),
                ["shop/job"] = Known("123.dkr.ecr/shop/job"),
            }),
        IrsaRoles = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal) { ["external_secrets"] = Known("arn:1"), ["backend"] = Known("arn:2") },
    };

    private static Value<string> Known(string text) => Value.Known(text, Source);

    private PlatformModel? Build(string inventory, InfrastructureFacts? facts = null, string configuration = "inventory: services.yaml")
    {
        var read = InventoryReader.Read(inventory, "services.yaml", _problems);
        var configured = ConfigurationReader.Read(configuration, "slipway.yaml", _problems);
        Assert.True(read is not null && configured is not null, string.Join('\n', _problems));
        return PlatformBuilder.Build(facts ?? Facts, read!, configured!, _problems);
    }
}
