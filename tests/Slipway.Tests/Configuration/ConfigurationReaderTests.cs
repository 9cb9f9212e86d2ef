using Slipway.Configuration;
using Slipway.Coordination.Diagnostics;
using Slipway.Terraform;

namespace Slipway.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Read_NothingButAProject_HasEveryDefault()
    {
        var configuration = Read("project: {name: shop}");

        Assert.Equal([new TerraformSource.Directory("terraform")], configuration.Terraform);
        Assert.Equal("services.yaml", configuration.Inventory.Content);
        Assert.Equal("out", configuration.Out.Content);
        Assert.Equal("shop", configuration.Values["project.name"].Content);
        Assert.Equal(["dev-no-domain", "production"], configuration.Environments.Select(environment => environment.Name));
        Assert.True(configuration.GitOps.RepositoryUrl.IsUnknown);
        Assert.False(configuration.PlaceholderSecrets);
    }

    [Fact]
    public void Read_SeveralTerraformSources_KeepsTheirOrder()
    {
        var configuration = Read(
            """
            terraform:
              - directory: network
                workspace: prod
              - outputs: outputs.json
              - state: terraform.tfstate
            """);

        Assert.Equal(
            [new TerraformSource.Directory("network", "prod"), new TerraformSource.File("outputs.json"), new TerraformSource.File("terraform.tfstate")],
            configuration.Terraform);
    }

    [Fact]
    public void Read_Environment_TakesEveryField()
    {
        var configuration = Read(
            """
            environments:
              production:
                namePrefix: prod-
                namespace: shop-prod
                replicas: 3
                autoscaling: true
                disruptionBudgets: false
                hosts: [shop.example.com]
                certificate: arn:aws:acm:us-east-1:123456789012:certificate/1
                allowedCidrs: [203.0.113.0/24]
                resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: 200m, memory: 256Mi}}
                services:
                  web-ui: {replicas: 4, tag: 1.4.3}
                configMaps:
                  common-config: {LOG_LEVEL: no}
            """);

        var environment = Assert.Single(configuration.Environments);
        Assert.Equal("prod-", environment.NamePrefix!.Content);
        Assert.Equal(3, environment.Replicas!.Content);
        Assert.True(environment.Autoscaling);
        Assert.False(environment.DisruptionBudgets);
        Assert.Equal(["shop.example.com"], environment.Hosts.Select(host => host.Content));
        Assert.Equal("256Mi", environment.Resources!.MemoryLimit.Content);
        Assert.Equal("1.4.3", environment.Workloads["web-ui"].Tag!.Content);
        Assert.Equal("no", environment.ConfigMaps["common-config"]["LOG_LEVEL"].Content);
    }

    [Fact]
    public void Read_EverythingWrong_ReportsEachWithItsLine()
    {
        var problems = new List<Diagnostic>();

        var configuration = ConfigurationReader.Read(
            """
            projcet: {name: shop}
            terraform: {directory: a, state: b}
            kubernetesVersion: 1.34.2
            environments:
              Prod: {}
              dev:
                replicas: many
                allowedCidrs: [10.0.0.1/8]
                namePrefix: "Dev_"
                resources: {requests: {cpu: 100m}}
            """,
            "slipway.yaml",
            problems);

        Assert.Null(configuration);
        Assert.Equal(
            [
                "1 SLW1011", "2 SLW1015", "3 SLW1014", "5 SLW1014", "7 SLW1013", "8 SLW1014", "9 SLW1014", "10 SLW1012", "10 SLW1012",
            ],
            problems.Select(problem => $"{problem.Place!.Line} {problem.Code}"));
    }

    [Theory]
    [InlineData("hosts: ['*.example.com', shop.example.com]", true)]
    [InlineData("hosts: ['shop.*.example.com']", false)]
    [InlineData("namePrefix: eu1-", true)]
    [InlineData("namePrefix: 1-", false)] // a Service's name begins with a letter
    public void Read_NamesOfAnEnvironment_AreThoseThatKubernetesTakes(string field, bool isGood)
    {
        var problems = new List<Diagnostic>();

        ConfigurationReader.Read($"environments:\n  dev:\n    {field}\n", "slipway.yaml", problems);

        Assert.Equal(isGood, problems.Count == 0);
    }

    [Fact]
    public void Read_Value_KnowsItsLine()
    {
        var value = Read("values:\n  database.port: 5433\n").Values["database.port"];

        Assert.Equal("5433", value.Content);
        Assert.Equal("configuration values.database.port (slipway.yaml:2:18)", value.Source.ToString());
    }

    private static SlipwayConfiguration Read(string text)
    {
        var problems = new List<Diagnostic>();
        var configuration = ConfigurationReader.Read(text, "slipway.yaml", problems);
        Assert.Empty(problems);
        return configuration!;
    }
}
