using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Platform.Reading;

namespace Slipway.Tests.Context;

/// <summary>What the inventory needs and no conventional name gives: names deep inside, and values known by what they hold.</summary>
public sealed class NestedOutputTests
{
    private const string Rest = """
        "vpc_id": "vpc-0a", "vpc_cidr": "10.0.0.0/16", "private_subnets": ["subnet-1"], "db_name": "app"
        """;

    [Theory]
    [InlineData("\"data\": {\"rds_endpoint\": \"x.abc.us-east-1.rds.amazonaws.com:5433\"}")]
    [InlineData("\"stack\": {\"layers\": [{\"db\": {\"endpoint\": \"x.abc.us-east-1.rds.amazonaws.com\", \"port\": 5433}}]}")]
    [InlineData("\"module_rds\": {\"db_instance_address\": \"x.abc.us-east-1.rds.amazonaws.com\", \"port\": 5433}")]
    [InlineData("\"databases\": {\"main\": {\"address\": \"x.abc.us-east-1.rds.amazonaws.com\", \"port\": 5433}}")]
    [InlineData("\"rds_info\": \"{\\\"endpoint\\\": \\\"x.abc.us-east-1.rds.amazonaws.com:5433\\\"}\"")]
    [InlineData("\"orders_store\": \"x.abc.us-east-1.rds.amazonaws.com:5433\", \"orders_store_reader\": \"y.cluster-ro-abc.us-east-1.rds.amazonaws.com\"")]
    public async Task Collect_NeededDatabaseInAnyPlace_IsFound(string outputs)
    {
        var (facts, problems) = await ContextSamples.CollectAsync($"{outputs}, {Rest}", inventory: Needing("database"));

        Assert.Empty(problems);
        Assert.Equal("x.abc.us-east-1.rds.amazonaws.com", facts!.Database!.Endpoint.Content);
        Assert.Equal(5433, facts.Database.Port.Content);
        Assert.Equal(ProvenanceKind.Terraform, facts.Database.Endpoint.Source.Kind);
    }

    [Fact]
    public async Task Collect_WholeResources_AreRead()
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            """
            "network": {"main": {"id": "vpc-0a", "cidr_block": "10.0.0.0/16"}, "vpc_cidr": "10.0.0.0/16"},
            "subnets": {"private": [{"id": "subnet-1", "arn": "a"}, {"id": "subnet-2", "arn": "b"}], "public": [{"id": "subnet-3"}]},
            "redis": {"cache_nodes": [{"address": "r.abc.0001.use1.cache.amazonaws.com", "port": 6390}], "cluster_id": "r"}
            """,
            inventory: Needing("cache"));

        Assert.DoesNotContain(problems, problem => problem.Severity == Severity.Error);
        Assert.Equal("vpc-0a", facts!.Networking!.VpcId.Content);
        Assert.Equal(["subnet-1", "subnet-2"], facts.Networking.PrivateSubnetIds.Content);
        Assert.Equal(("r.abc.0001.use1.cache.amazonaws.com", 6390), (facts.Cache!.PrimaryEndpoint.Content, facts.Cache.Port.Content));
    }

    [Fact]
    public async Task Collect_TwoValuesOfOneForm_AreBothNamed()
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            $"\"orders\": \"o.abc.us-east-1.rds.amazonaws.com\", \"users\": \"u.abc.us-east-1.rds.amazonaws.com\", {Rest}",
            inventory: Needing("database"));

        Assert.Null(facts);
        var problem = Assert.Single(problems);
        Assert.Equal("SLW1113", problem.Code);
        Assert.Equal("output.orders and output.users both may be database.endpoint and differ", problem.Summary);
    }

    [Fact]
    public async Task Collect_SensitiveValueOfAForm_IsToldAndNotTaken()
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            $"\"orders\": {{\"sensitive\": true, \"type\": \"string\", \"value\": \"o.abc.us-east-1.rds.amazonaws.com\"}}, {Rest}",
            inventory: Needing("database"));

        Assert.Null(facts);
        Assert.Equal("SLW1114", Assert.Single(problems).Code);
    }

    [Fact]
    public async Task Collect_DeepNamesNobodyNeeds_AreLeftAlone()
    {
        var facts = await ContextSamples.FactsAsync(
            "\"reports\": {\"database\": {\"endpoint\": \"o.abc.us-east-1.rds.amazonaws.com\"}}, \"peer\": \"vpc-0b\"");

        Assert.Null(facts.Database);
        Assert.Null(facts.Networking);
    }

    [Fact]
    public async Task Collect_RepositoriesInEcr_AreFoundWhateverTheirName()
    {
        var facts = await ContextSamples.FactsAsync(
            """
            "ecr_web": "1.dkr.ecr.r.amazonaws.com/demo-web", "images": {"api": {"uri": "1.dkr.ecr.r.amazonaws.com/demo-api"}},
            "running": "1.dkr.ecr.r.amazonaws.com/demo-old:1.2.3"
            """);

        Assert.Equal(["demo-api", "demo-web"], facts.Registry!.RepositoryUrls.Keys);
    }

    private static Inventory Needing(string egress) => InventoryReader.Read(
        $"services: [{{ name: web, tier: backend, kind: worker, image: {{ repository: r.example.com/web, tag: 1.0.0 }}, egress: {{ {egress}: true }} }}]", "services.yaml", [])!;
}
