using System.Text;
using Slipway.Configuration;
using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Platform.Building;
using Slipway.Platform.Reading;
using Slipway.Terraform;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Platform.Building;

public sealed class StorefrontModelTests
{
    [Fact]
    public async Task Build_Example_NeedsNothingButWhatItTells()
    {
        var problems = new List<Diagnostic>();
        var configuration = ConfigurationReader.Read(Text("slipway.yaml"), "slipway.yaml", problems)!;
        var inventory = InventoryReader.Read(Text(configuration.Inventory.Content), configuration.Inventory.Content, problems)!;
        var reader = new TerraformReader(new PhysicalFileSystem(), new ScriptedProcessRunner());
        var outputs = await reader.ReadAsync(configuration.Terraform.Single(), RepositoryRoot.Combine("examples", "storefront"), problems);
        var facts = ContextCollector.Collect(
            new ContextRequest { Outputs = [outputs!], Inventory = inventory, Mapping = configuration.Mapping, Values = configuration.Values },
            problems);
        Assert.True(facts is not null, string.Join('\n', problems));

        var model = PlatformBuilder.Build(facts!, inventory, configuration, problems);

        Assert.NotNull(model);
        Assert.Equal(["SLW1235", "SLW1236", "SLW1236"], problems.Select(problem => problem.Code));
        Assert.Equal("no service uses the image repository 'storefront-load-generator'", problems[0].Summary);
        Assert.Equal(21, facts!.Registry!.RepositoryUrls.Count);
        Assert.All(model!.Inventory.Workloads, workload => Assert.Equal($"123456789012.dkr.ecr.us-east-1.amazonaws.com/storefront-{workload.Name}", workload.Image.Repository.Content));
        Assert.Equal(
            ["storefront/production/database", "storefront/production/redis", "storefront/production/rabbitmq-credentials", "storefront/production/jwt-secret"],
            model.Inventory.Secrets.Select(secret => Assert.IsType<EntryValue.Literal>(secret.RemoteName).Text.Content));
        Assert.Equal("storefront-production-postgres.c9akciq32xyz.us-east-1.rds.amazonaws.com", facts.Database!.Endpoint.Content);
        Assert.Equal("storefront-production-images", facts.Storage!.BucketName.Content);
        Assert.Equal("arn:aws:iam::123456789012:role/storefront-processing-role", facts.IrsaRoles["processing"].Content);
        Assert.DoesNotContain(model.Inventory.ConfigMaps.SelectMany(map => map.Entries), entry => entry.Value is EntryValue.Fact);
    }

    private static string Text(string file) => Encoding.UTF8.GetString(new PhysicalFileSystem().ReadAllBytes(RepositoryRoot.Combine("examples", "storefront", file)));
}
