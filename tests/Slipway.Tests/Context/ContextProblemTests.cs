using Slipway.Coordination.Diagnostics;
using Slipway.Platform;

namespace Slipway.Tests.Context;

public sealed class ContextProblemTests
{
    [Fact]
    public async Task Collect_MissingOutputs_AreAllListedWithTheirFilesAndHowToMapThem()
    {
        var inventory = ContextSamples.Nothing with
        {
            ConfigMaps = [new("orders-config", [new("DB_HOST", new EntryValue.Fact("database.endpoint", Provenance.Default("test")))], Provenance.Default("test"))],
        };

        var (facts, problems) = await ContextSamples.CollectAsync("\"vpc_id\": null, \"vpc_cidr\": \"10.0.0.0/16\"", inventory: inventory);

        Assert.Null(facts);
        Assert.Equal(
            [
                "no output gives networking.vpc_id; output.vpc_id is null",
                "no output gives networking.private_subnet_ids",
                "no output gives database.endpoint",
                "no output gives database.database_name",
            ],
            problems.Select(problem => problem.Summary));
        Assert.All(problems, problem => Assert.Equal(("SLW1111", Severity.Error), (problem.Code, problem.Severity)));
        Assert.StartsWith(
            "needed by k8s-context/outputs-summary.yaml, k8s-context/template-variables.yaml, base/configmaps/orders-config.yaml; looked for db_instance_address,",
            problems[2].Detail,
            StringComparison.Ordinal);
        Assert.Contains("mapping: {database.endpoint: <output>.<path>}", problems[2].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_MissingWithAllowUnknown_CarriesThemAsUnknown()
    {
        var (facts, problems) = await ContextSamples.CollectAsync("\"rds_endpoint\": \"not a host!\", \"db_name\": 5", allowUnknown: true);

        Assert.Equal("database.endpoint", facts!.Database!.Endpoint.UnknownName);
        Assert.Equal("database.database_name", facts.Database.DatabaseName.UnknownName);
        Assert.Equal("database.identifier", facts.Database.Identifier.UnknownName);
        Assert.Equal(5432, facts.Database.Port.Content);
        Assert.All(problems, problem => Assert.Equal(Severity.Warning, problem.Severity));
        Assert.Equal(["SLW1112", "SLW1112", "SLW1111"], problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("\"rds_endpoint\": [\"a.example\", \"b.example\"]", "output.rds_endpoint, taken for database.endpoint, is a list of 2 where a host name is expected")]
    [InlineData("\"rds_endpoint\": \"host\", \"rds_port\": \"many\"", "output.rds_port, taken for database.port, is no port from 1 to 65535")]
    [InlineData("\"rds_endpoint\": \"host\", \"rds_port\": 70000", "output.rds_port, taken for database.port, is no port from 1 to 65535")]
    [InlineData("\"rds_endpoint\": \"(known after apply)\"", "output.rds_endpoint, taken for database.endpoint, is not known before the next apply")]
    [InlineData("\"rds_endpoint\": \"host\", \"rds_secret_arn\": \"nope\"", "output.rds_secret_arn, taken for database.secret_arn, is no ARN")]
    public async Task Collect_MistypedOutput_IsNamed(string outputs, string summary)
    {
        var (facts, problems) = await ContextSamples.CollectAsync(outputs + ", \"db_name\": \"app\", \"db_identifier\": \"main\"");

        Assert.Null(facts);
        var problem = Assert.Single(problems);
        Assert.Equal(("SLW1112", summary), (problem.Code, problem.Summary));
        Assert.Equal("outputs.json", problem.Place!.File);
        Assert.NotNull(problem.Place.Line);
    }

    [Fact]
    public async Task Collect_TwoDifferingCandidates_AreNamedWithTheirMapping()
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            "\"rds_endpoint\": \"a.example\", \"aurora\": {\"endpoint\": \"b.example\"}, \"db_name\": \"app\", \"db_identifier\": \"main\"");

        Assert.Null(facts);
        var problem = Assert.Single(problems);
        Assert.Equal("SLW1113", problem.Code);
        Assert.Equal("output.rds_endpoint and output.aurora.endpoint both may be database.endpoint and differ", problem.Summary);
        Assert.Contains("mapping: {database.endpoint: \"rds_endpoint\"}", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_EndpointAndPortThatDiffer_AreReported()
    {
        var (_, problems) = await ContextSamples.CollectAsync(
            "\"rds_endpoint\": \"a.example:5432\", \"rds_port\": 5433, \"db_name\": \"app\", \"db_identifier\": \"main\"");

        Assert.Equal("output.rds_endpoint (port 5432) and output.rds_port (5433) both tell database.port and differ", Assert.Single(problems).Summary);
    }

    [Fact]
    public async Task Collect_SensitiveOutput_IsRefusedAndNeverShown()
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            """
            "rds_endpoint": {"sensitive": true, "type": "string", "value": "topsecret.example"}, "db_name": "app", "db_identifier": "main",
            "rds": {"password": "topsecret"}
            """,
            [("database.secret_name", "rds.password")]);

        Assert.Null(facts);
        Assert.Equal(["SLW1114", "SLW1114"], problems.Select(problem => problem.Code));
        Assert.All(problems, problem => Assert.DoesNotContain("topsecret", problem.ToString(), StringComparison.Ordinal));
        Assert.Contains("nonsensitive(", problems[0].Fix, StringComparison.Ordinal);
        Assert.EndsWith("or write `values: {database.endpoint: <value>}`", problems[0].Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("database.endpoind", "x", "SLW1115", "a mapping is given for 'database.endpoind', which is no fact", "did you mean 'database.endpoint'?")]
    [InlineData("database.endpoint", "a[", "SLW1116", "the mapping 'a[' of database.endpoint is no path: the '[' at character 2 is not closed", null)]
    [InlineData("database.endpoint", "rds.hots", "SLW1117", "the mapping 'rds.hots' of database.endpoint leads nowhere: output.rds is an object with 'host' and has no 'hots'", null)]
    [InlineData("database.endpoint", "rsd.host", "SLW1117", "the mapping 'rsd.host' of database.endpoint leads nowhere: there is no output 'rsd'", "did you mean 'rds'?")]
    [InlineData("database.endpoint", "other:rds.host", "SLW1117", "the mapping 'other:rds.host' of database.endpoint leads nowhere: there is no Terraform source 'other'", null)]
    public async Task Collect_BadMapping_IsReportedAtItsLine(string path, string mapping, string code, string summary, string? fix)
    {
        var (facts, problems) = await ContextSamples.CollectAsync(
            "\"rds\": {\"host\": \"a.example\"}, \"db_name\": \"app\", \"db_identifier\": \"main\"", [(path, mapping)]);

        Assert.Null(facts);
        var problem = Assert.Single(problems);
        Assert.Equal((code, summary), (problem.Code, problem.Summary));
        Assert.Equal(new SourcePlace("slipway.yaml", 3, 5), problem.Place);
        if (fix is not null) Assert.Equal(fix, problem.Fix);
    }

    [Fact]
    public async Task Collect_BadFixedValue_IsReported()
    {
        var (_, problems) = await ContextSamples.CollectAsync("", values: [("region", "Virginia")]);

        Assert.Equal("the value of project.region is no AWS region such as us-east-1", Assert.Single(problems).Summary);
    }

    [Fact]
    public async Task Collect_MissingProject_IsReportedOnceAndNotThroughWhatFollowsFromIt()
    {
        var (_, problems) = await ContextSamples.CollectAsync("\"rds_endpoint\": \"a.example\", \"db_name\": \"app\", \"db_identifier\": \"x\"", withProject: false);

        Assert.Equal(
            ["project.name", "project.environment", "project.region", "project.aws_account_id"],
            problems.Select(problem => problem.Summary["no output gives ".Length..]));
    }
}
