using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Tests.Terraform;

namespace Slipway.Tests.Context;

public sealed class ContextCollectorTests
{
    [Theory]
    [InlineData("\"db_instance_endpoint\": \"x.abc.us-east-1.rds.amazonaws.com:5433\"")]
    [InlineData("\"this_db_instance_endpoint\": [\"x.abc.us-east-1.rds.amazonaws.com:5433\"]")]
    [InlineData("\"rdsEndpoint\": \"x.abc.us-east-1.rds.amazonaws.com\", \"rds-port\": 5433")]
    [InlineData("\"database_host\": \"x.abc.us-east-1.rds.amazonaws.com\", \"database_port\": \"5433\"")]
    [InlineData("\"rds\": {\"endpoint\": \"x.abc.us-east-1.rds.amazonaws.com:5433\", \"port\": 5433}")]
    [InlineData("\"rds\": \"{\\\"host\\\": \\\"x.abc.us-east-1.rds.amazonaws.com\\\", \\\"port\\\": 5433}\"")]
    [InlineData("\"module_outputs\": {\"rds\": {\"db_instance_address\": \"x.abc.us-east-1.rds.amazonaws.com\", \"db_instance_port\": 5433}}")]
    [InlineData("\"aurora\": [{\"cluster_endpoint\": \"x.abc.us-east-1.rds.amazonaws.com\", \"cluster_port\": 5433}]")]
    [InlineData("\"cluster_endpoint\": \"x.abc.us-east-1.rds.amazonaws.com\", \"cluster_port\": 5433")]
    public async Task Collect_AnySpellingOfADatabase_GivesHostAndPort(string outputs)
    {
        var facts = await ContextSamples.FactsAsync(outputs + ", \"db_name\": \"app\"");

        Assert.Equal("x.abc.us-east-1.rds.amazonaws.com", facts.Database!.Endpoint.Content);
        Assert.Equal(5433, facts.Database.Port.Content);
        Assert.Equal("x", facts.Database.Identifier.Content);
        Assert.Equal("demo/dev/database", facts.Database.SecretName.Content);
        Assert.Equal(ProvenanceKind.Derived, facts.Database.SecretName.Source.Kind);
    }

    [Fact]
    public async Task Collect_ClusterEndpoints_AreToldApartByWhatTheyHold()
    {
        var facts = await ContextSamples.FactsAsync("""
            "cluster_endpoint": "https://ABC.gr7.us-east-1.eks.amazonaws.com", "cluster_name": "demo",
            "oidc_provider": "oidc.eks.us-east-1.amazonaws.com/id/ABC",
            "rds": {"cluster_endpoint": "db.cluster-x.us-east-1.rds.amazonaws.com", "cluster_database_name": "app"},
            "elasticache": {"cluster_endpoint": "master.demo-redis.abc.use1.cache.amazonaws.com"}
            """);

        Assert.Equal("https://ABC.gr7.us-east-1.eks.amazonaws.com", facts.Cluster!.Endpoint.Content);
        Assert.Equal("https://oidc.eks.us-east-1.amazonaws.com/id/ABC", facts.Cluster.OidcIssuerUrl.Content);
        Assert.Equal("arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC", facts.Cluster.OidcProviderArn.Content);
        Assert.Equal("db.cluster-x.us-east-1.rds.amazonaws.com", facts.Database!.Endpoint.Content);
        Assert.Equal("demo-redis", facts.Cache!.ReplicationGroupId.Content);
        Assert.Equal(6379, facts.Cache.Port.Content);
        Assert.Equal(ProvenanceKind.Default, facts.Cache.Port.Source.Kind);
    }

    [Fact]
    public async Task Collect_AccountAndRegion_AreReadOutOfArnsAndEndpoints()
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            """
            "project": "demo", "env": "dev",
            "s3_bucket_arn": "arn:aws:s3:::images", "s3_access_policy_arn": "arn:aws:iam::210987654321:policy/images",
            "redis_endpoint": "demo.abc.ng.0001.usw2.cache.amazonaws.com:6380",
            "repository_urls": {"web": "210987654321.dkr.ecr.us-west-2.amazonaws.com/demo-web"}
            """,
            withProject: false);

        Assert.Empty(problems);
        Assert.Equal("210987654321", facts!.Project.AccountId.Content);
        Assert.Equal("us-west-2", facts.Project.Region.Content);
        Assert.Equal("demo", facts.Project.Namespace.Content);
        Assert.Equal("images", facts.Storage!.BucketName.Content);
        Assert.Equal(6380, facts.Cache!.Port.Content);
        Assert.Equal("210987654321.dkr.ecr.us-west-2.amazonaws.com", facts.Registry!.EcrBaseUrl.Content);
    }

    [Theory]
    [InlineData("\"repository_urls\": {\"web\": \"1.dkr.ecr.r.amazonaws.com/demo-web\", \"api\": \"1.dkr.ecr.r.amazonaws.com/demo-api\"}")]
    [InlineData("\"ecr_repositories\": {\"web\": {\"repository_url\": \"1.dkr.ecr.r.amazonaws.com/demo-web\"}, \"api\": {\"url\": \"1.dkr.ecr.r.amazonaws.com/demo-api\"}}")]
    [InlineData("\"ecr\": {\"repository_urls\": [\"1.dkr.ecr.r.amazonaws.com/demo-web\", \"1.dkr.ecr.r.amazonaws.com/demo-api\"]}")]
    [InlineData("\"web_repository_url\": \"1.dkr.ecr.r.amazonaws.com/demo-web\", \"api_ecr_url\": \"1.dkr.ecr.r.amazonaws.com/demo-api\"")]
    [InlineData("\"ecr_registry\": \"https://1.dkr.ecr.r.amazonaws.com/\", \"ecr_repos\": [\"demo-web\", \"demo-api\"]")]
    public async Task Collect_AnyShapeOfRepositories_GivesUrlsByName(string outputs)
    {
        var facts = await ContextSamples.FactsAsync(outputs);

        Assert.Equal(["demo-api", "demo-web"], facts.Registry!.RepositoryUrls.Keys);
        Assert.Equal("1.dkr.ecr.r.amazonaws.com/demo-web", facts.Registry.RepositoryUrls["demo-web"].Content);
        Assert.Equal("1.dkr.ecr.r.amazonaws.com", facts.Registry.EcrBaseUrl.Content);
    }

    [Fact]
    public async Task Collect_Roles_ComeFromMapsOutputsAndTheNamingRule()
    {
        var inventory = ContextSamples.Nothing with
        {
            ServiceAccounts =
            [
                new("processing-sa", "processing", "processing", Provenance.Default("test")),
                new("eso", null, "external_secrets", Provenance.Default("test")),
                new("infra-sa", "infrastructure", "infrastructure", Provenance.Default("test")),
            ],
        };
        var (facts, problems) = await ContextSamples.CollectAsync(
            """
            "irsa_roles": {"processing-role": {"iam_role_arn": "arn:aws:iam::123456789012:role/p"}, "other": "arn:aws:iam::123456789012:role/o"},
            "external_secrets_irsa_role_arn": "arn:aws:iam::123456789012:role/e",
            "eks": {"name": "c", "endpoint": "https://c", "oidc_provider_arn": "arn:aws:iam::123456789012:oidc-provider/o.example/id/1"}
            """,
            inventory: inventory);

        Assert.Equal("https://o.example/id/1", facts!.Cluster!.OidcIssuerUrl.Content);
        Assert.Equal(
            [
                ("external_secrets", "arn:aws:iam::123456789012:role/e"),
                ("infrastructure", "arn:aws:iam::123456789012:role/demo-infrastructure-role"),
                ("other", "arn:aws:iam::123456789012:role/o"),
                ("processing", "arn:aws:iam::123456789012:role/p"),
            ],
            facts.IrsaRoles.Select(role => (role.Key, role.Value.Content)));
        Assert.Equal(("SLW1119", Severity.Info), (Assert.Single(problems).Code, problems[0].Severity));
    }

    [Fact]
    public async Task Collect_MappingAndValue_GoBeforeNames()
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            "\"rds_endpoint\": \"wrong\", \"dbs\": {\"list\": [{\"at\": \"a.example:6000\"}]}, \"db_name\": \"app\"",
            [("database.endpoint", "dbs.list[0].at")],
            [("project.namespace", "shop"), ("database.identifier", "main"), ("environment", "live")]);

        Assert.Empty(problems);
        Assert.Equal("a.example", facts!.Database!.Endpoint.Content);
        Assert.Equal("output.dbs.list[0].at", facts.Database.Endpoint.Source.Origin);
        Assert.Equal(6000, facts.Database.Port.Content);
        Assert.Equal("shop", facts.Project.Namespace.Content);
        Assert.Equal("live", facts.Project.Environment.Content);
        Assert.Equal(new SourcePlace("slipway.yaml", 3, 5), facts.Project.Namespace.Source.Place);
    }

    [Fact]
    public async Task Collect_TwoSources_AreSearchedTogetherAndMappedByLabel()
    {
        var one = (await TerraformSamples.OutputsAsync($"{{{ContextSamples.Project}, \"endpoint\": \"one.example\", \"vpc_id\": \"vpc-1\"}}")) with { Label = "infra/one" };
        var two = (await TerraformSamples.OutputsAsync("""{"endpoint": "two.example", "db_name": "app", "vpc_cidr": "10.0.0.0/16", "private_subnets": ["subnet-1"]}""")) with { Label = "infra/two" };
        var problems = new List<Diagnostic>();

        var facts = ContextCollector.Collect(
            new ContextRequest
            {
                Outputs = [one, two],
                Inventory = ContextSamples.Nothing,
                Mapping = ContextSamples.Configured([("database.endpoint", "infra/two:endpoint"), ("database.identifier", "db_name")]),
            },
            problems);

        Assert.Empty(problems);
        Assert.Equal("two.example", facts!.Database!.Endpoint.Content);
        Assert.Equal("vpc-1", facts.Networking!.VpcId.Content);
    }

    [Fact]
    public async Task Collect_NothingOfASection_LeavesItOut()
    {
        var facts = await ContextSamples.FactsAsync("");

        Assert.Null(facts.Networking);
        Assert.Null(facts.Database);
        Assert.Null(facts.Cache);
        Assert.Null(facts.Storage);
        Assert.Null(facts.Registry);
        Assert.Null(facts.Cluster);
        Assert.Empty(facts.IrsaRoles);
    }
}
