using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Terraform;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.EndToEnd.Tests.Terraform;

public sealed class RealTerraformTests
{
    private const string Module = """
        resource "terraform_data" "platform" {
          input = { host = "db.abc.eu-west-1.rds.amazonaws.com", port = 5432 }
        }

        output "project_name" { value = "demo" }
        output "environment" { value = "dev" }
        output "region" { value = "eu-west-1" }
        output "aws_account_id" { value = "123456789012" }
        output "rds" {
          value = {
            endpoint = "${terraform_data.platform.output.host}:${terraform_data.platform.output.port}"
            db_name  = "app"
          }
        }
        output "redis" { value = jsonencode({ primary_endpoint = "master.demo.abc.euw1.cache.amazonaws.com", port = 6379 }) }
        output "private_subnets" { value = toset(["subnet-b", "subnet-a"]) }
        output "vpc" { value = { id = "vpc-1", cidr_block = "10.0.0.0/16" } }
        output "db_password" {
          value     = "hunter2"
          sensitive = true
        }
        """;

    private readonly ProcessRunner _processes = new(new SystemEnvironment());
    private readonly PhysicalFileSystem _files = new();

    [Fact]
    public async Task Collect_FromDirectoryFileAndState_GivesTheSameFacts()
    {
        Tools.Require("terraform");
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.At("main.tf"), Module);
        await RunAsync(directory.Path, "init", "-input=false", "-no-color");
        await RunAsync(directory.Path, "apply", "-auto-approve", "-input=false", "-no-color");
        await File.WriteAllTextAsync(directory.At("outputs.json"), await RunAsync(directory.Path, "output", "-json"));
        await File.WriteAllTextAsync(directory.At("show.json"), await RunAsync(directory.Path, "show", "-json"));

        var fromDirectory = await FactsAsync(new TerraformSource.Directory("."), directory.Path);
        foreach (var file in new[] { "outputs.json", "show.json", "terraform.tfstate" })
        {
            var fromFile = await FactsAsync(new TerraformSource.File(file), directory.Path);
            Assert.Equal(Describe(fromDirectory), Describe(fromFile));
        }

        Assert.Equal("db.abc.eu-west-1.rds.amazonaws.com", fromDirectory.Database!.Endpoint.Content);
        Assert.Equal(["subnet-a", "subnet-b"], fromDirectory.Networking!.PrivateSubnetIds.Content);
        Assert.Equal("demo", fromDirectory.Cache!.ReplicationGroupId.Content);
    }

    [Fact]
    public async Task ReadAsync_DirectoryWithBackendThatWasNotInitialised_SaysInit()
    {
        Tools.Require("terraform");
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.At("main.tf"), "terraform {\n  backend \"local\" {\n    path = \"elsewhere.tfstate\"\n  }\n}\n");

        var problem = Assert.Single(await ReadProblemsAsync(directory.Path));

        Assert.Equal("SLW1103", problem.Code);
    }

    [Fact]
    public async Task ReadAsync_DirectoryThatWasNeverApplied_SaysThereAreNoOutputs()
    {
        Tools.Require("terraform");
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory.At("main.tf"), Module);

        var problem = Assert.Single(await ReadProblemsAsync(directory.Path));

        Assert.Equal("SLW1109", problem.Code);
    }

    private async Task<List<Diagnostic>> ReadProblemsAsync(string directory)
    {
        var problems = new List<Diagnostic>();
        Assert.Null(await new TerraformReader(_files, _processes).ReadAsync(new TerraformSource.Directory("."), directory, problems));
        return problems;
    }

    private async Task<InfrastructureFacts> FactsAsync(TerraformSource source, string directory)
    {
        var problems = new List<Diagnostic>();
        var outputs = await new TerraformReader(_files, _processes).ReadAsync(source, directory, problems);
        Assert.Empty(problems);
        var facts = ContextCollector.Collect(new ContextRequest { Outputs = [outputs!], Inventory = new Inventory { Tiers = [], Workloads = [] } }, problems);
        Assert.Empty(problems);
        return facts!;
    }

    private async Task<string> RunAsync(string directory, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CHECKPOINT_DISABLE"] = "1" };
        var result = await _processes.RunAsync(new ProcessCommand("terraform", arguments) { WorkingDirectory = directory, Environment = environment });
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private static string Describe(InfrastructureFacts facts) =>
        $"{facts.Project.Name} {facts.Project.Region} {facts.Networking!.VpcId} {string.Join(',', facts.Networking.PrivateSubnetIds.Content)} {facts.Database!.Endpoint} {facts.Database.Port} {facts.Cache!.PrimaryEndpoint}";
}
