using Slipway.Documents;
using Slipway.Kubernetes.Generation;
using Slipway.Platform;

namespace Slipway.Tests.Kubernetes.Generation;

public sealed class GenerationToolTests
{
    private static readonly string[] BaseOfTheContract =
    [
        "create_directory_structure", "generate_namespace", "generate_service_account", "generate_role", "generate_role_binding", "generate_configmap", "generate_secret", "generate_external_secret",
        "generate_deployment", "generate_service", "generate_ingress", "generate_network_policy", "generate_hpa", "generate_pdb", "generate_kustomization", "generate_secret_store", "generate_job",
        "generate_cron_job", "generate_persistent_volume_claim",
    ];

    [Fact]
    public void All_HasEveryToolOfTheContractsBase_Described()
    {
        Assert.Empty(BaseOfTheContract.Except(GenerationTools.All.Select(tool => tool.Name)));
        Assert.All(GenerationTools.All, tool => Assert.EndsWith(".", tool.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void GenerateDeployment_Parameters_AreTheContractsWithItsDefaults()
    {
        var parameters = GenerationTools.Get("generate_deployment").Parameters;

        Assert.Equal(
            [
                "name", "image", "port", "service_account", "tier", "replicas=1", "cpu_request=100m", "memory_request=128Mi", "cpu_limit=500m", "memory_limit=512Mi", "env_vars", "config_maps", "secrets",
                "health_check_path=/health",
            ],
            parameters.Select(parameter => parameter.Default is null ? parameter.Name : $"{parameter.Name}={parameter.Default}"));
    }

    [Fact]
    public void Call_DeploymentThatTheInventoryLacks_IsMadeOfArgumentsAndDefaults()
    {
        var result = Call("generate_deployment", new MappingNode()
            .Add("name", "billing").Add("image", "registry.example.com/billing:2.0").Add("tier", "backend").Add("port", ScalarNode.Of(8010))
            .Add("env_vars", new MappingNode().Add("MODE", "no"))
            .Add("config_maps", new SequenceNode([ScalarNode.Of("common-config")])));

        var file = Assert.Single(result.Files);
        Assert.Equal("base/deployments/backend/billing.yaml", file.Path);
        Assert.Contains("replicas: 1\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("image: registry.example.com/billing:2.0\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("cpu: 100m\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("value: \"no\"\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("path: /health\n            port: http\n          initialDelaySeconds: 30\n          periodSeconds: 10\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("serviceAccountName: backend-sa\n", file.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_DeploymentOfTheInventory_DerivesWhatIsMissing()
    {
        var file = Assert.Single(Call("generate_deployment", new MappingNode().Add("name", "orders").Add("replicas", ScalarNode.Of(5))).Files);

        Assert.Equal("base/deployments/backend/orders.yaml", file.Path);
        Assert.Contains("replicas: 5\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("containerPort: 9003\n", file.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate_deployment", "replicas", "3", "SLW2002")]
    [InlineData("generate_deployment", "name", "nobody", "SLW2002")]
    [InlineData("generate_service", "name", "nobody", "SLW2002")]
    public void Call_WrongArguments_AreReported(string tool, string argument, string value, string code)
    {
        var result = Call(tool, new MappingNode().Add(argument, value));

        Assert.Empty(result.Files);
        Assert.False(result.Succeeded);
        Assert.Equal(code, Assert.Single(result.Problems).Code);
    }

    [Fact]
    public void Call_OneOfItsKind_MakesThatAlone()
    {
        var file = Assert.Single(Call("generate_service", new MappingNode().Add("name", "web-ui")).Files);

        Assert.Equal("base/services/services.yaml", file.Path);
        Assert.Single(file.Documents);
    }

    [Fact]
    public void SecretStore_OfCluster_NamesRegionAndAccount()
    {
        var file = Assert.Single(Call("generate_secret_store", new MappingNode().Add("service_account", "external-secrets-sa")).Files);

        Assert.Contains("kind: ClusterSecretStore\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("region: eu-central-1\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("namespace: shop\n", file.Content, StringComparison.Ordinal);
        Assert.Contains("kind: SecretStore\n", Call("generate_secret_store", new MappingNode().Add("kind", "SecretStore")).Files[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_SensitiveValue_IsRefusedWithItsPlace()
    {
        var model = SamplePlatform.Rich();
        var secret = Value.Sensitive("hunter2", new Provenance(ProvenanceKind.Terraform, "output.password", new("terraform.json", 7)));
        var maps = new[] { new ConfigMapDefinition("common-config", [new("LOG_LEVEL", new EntryValue.Literal(secret))], SamplePlatform.Here) };
        var session = Generate.Session(model with { Inventory = model.Inventory with { ConfigMaps = maps } });

        var result = session.Generate("configmaps/common-config");

        Assert.Empty(result.Files);
        var problem = Assert.Single(result.Problems);
        Assert.Equal("SLW2001", problem.Code);
        Assert.Contains("base/configmaps/common-config.yaml", problem.Summary, StringComparison.Ordinal);
        Assert.Equal(7, problem.Place!.Line);
        Assert.DoesNotContain("hunter2", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_UnknownValues_StandAsMarkers()
    {
        var model = SamplePlatform.Rich();
        var unknown = Value.Unknown<int>("database.port", SamplePlatform.Here);
        var session = Generate.Session(model with { Facts = model.Facts with { Database = model.Facts.Database! with { Port = unknown } } });

        Assert.Contains("port: \"<unknown:database.port>\"\n", session.Generate("networkpolicies/network-policies").Files[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_PlaceholderSecrets_OnlyWhenAsked()
    {
        var model = SamplePlatform.Rich();
        Assert.DoesNotContain(Generate.Session(model).Items, item => item.Id == "secrets/secrets");

        var asked = Generate.Base(model with { PlaceholderSecrets = true });

        Assert.Contains("JWT_SECRET: REPLACE_ME\n", asked["base/secrets/secrets.yaml"], StringComparison.Ordinal);
        Assert.Contains("- secrets/secrets.yaml\n", asked["base/kustomization.yaml"], StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_ReferencesThatLeadNowhere_AreReported()
    {
        var map = new ConfigMapDefinition(
            "m",
            [
                new("A", new EntryValue.ServiceAddress("nobody", null, "{host}", SamplePlatform.Here)),
                new("B", new EntryValue.ServiceAddress("worker", null, "{host}", SamplePlatform.Here)),
                new("C", new EntryValue.ServiceAddress("web", "admin", "{host}", SamplePlatform.Here)),
            ],
            SamplePlatform.Here);
        var session = Generate.Session(SamplePlatform.Create([map], [SamplePlatform.Service("web", "frontend", 80, "nobody"), SamplePlatform.Service("worker", "backend", 0)]));

        Assert.Equal(["SLW2003", "SLW2003", "SLW2003"], session.Generate("configmaps/m").Problems.Select(problem => problem.Code));
        Assert.Equal("SLW2003", Assert.Single(session.Generate("networkpolicies/network-policies").Problems).Code);
    }

    [Fact]
    public void Generate_ImageNameOfTwoImages_IsReported()
    {
        var one = SamplePlatform.Service("one", "backend", 80);
        var other = SamplePlatform.Service("other", "backend", 81) with { Image = one.Image with { Tag = SamplePlatform.Text("2.0") } };

        Assert.Equal("SLW2005", Assert.Single(Generate.Session(SamplePlatform.Create(one, other)).Generate("base/kustomization").Problems).Code);
    }

    [Fact]
    public void Generate_Ingress_PutsMostSpecificPathsFirstAndRefusesEqualOnes()
    {
        Workload With(string name, string path) => SamplePlatform.Service(name, "frontend", 80) with { Ingress = [new IngressRoute(SamplePlatform.Text(path), null)] };
        var routes = Generate.Kind(SamplePlatform.Create(With("a", "/"), With("b", "/api"), With("c", "/api/v2"), With("d", "/admin")), "Ingress")[0];

        var paths = ((MappingNode)routes.Mapping("spec")!.Sequence("rules")![0]).Mapping("http")!.Sequence("paths")!;
        Assert.Equal(["/api/v2", "/admin", "/api", "/"], paths.Cast<MappingNode>().Select(path => path.Text("path")));
        Assert.Equal("SLW2004", Assert.Single(Generate.Session(SamplePlatform.Create(With("a", "/x"), With("b", "/x"))).Generate("ingress/ingress-no-domain").Problems).Code);
    }

    [Fact]
    public void Generate_EveryNode_KnowsWhereItCameFrom()
    {
        var session = Generate.Session(SamplePlatform.Rich());
        foreach (var item in session.Items)
        {
            foreach (var file in session.Generate(item.Id).Files)
            {
                foreach (var document in file.Documents) AssertKnown(document.Root, file.Path);
            }
        }

        var map = (MappingNode)session.Generate("configmaps/common-config").Files[0].Documents[0].Root;
        Assert.Equal(SamplePlatform.Here, map.Mapping("data")!["LOG_LEVEL"]!.Source);
        Assert.Equal("templates/configmap.yaml", map.Mapping("data")!["LOG_LEVEL"]!.Template!.File);
        Assert.Equal("output.namespace", map.Mapping("metadata")!["namespace"]!.Source!.Origin);
    }

    private static void AssertKnown(Node node, string path)
    {
        switch (node)
        {
            case MappingNode mapping:
                foreach (var entry in mapping) AssertKnown(entry.Value, $"{path}.{entry.Key}");
                break;
            case SequenceNode sequence:
                foreach (var item in sequence) AssertKnown(item, $"{path}[]");
                break;
            default:
                Assert.True(node.Source is not null && node.Template is not null, $"{path} has no source");
                break;
        }
    }

    private static GenerationResult Call(string tool, MappingNode arguments) => Generate.Session(SamplePlatform.Rich()).Call(tool, arguments);
}
