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

namespace Slipway.Tests.Kubernetes.Generation.Overlays;

/// <summary>The example's whole repository, from its Terraform outputs to what kustomize builds of it.</summary>
public sealed class StorefrontRepositoryTests
{
    [Fact]
    public async Task Generate_Example_BuildsAndLeavesNoReferenceOpen()
    {
        var files = RepositoryPlatform.Files(await Model());
        using var repository = new BuiltRepository(files);

        foreach (var root in files.Keys.Where(path => path.EndsWith("/kustomization.yaml", StringComparison.Ordinal)))
        {
            var objects = repository.Build(Path.GetDirectoryName(root)!);
            Assert.NotEmpty(objects);
            if (root.StartsWith("overlays/", StringComparison.Ordinal)) Assert.Empty(References.Dangling(objects));
        }

        var development = repository.Build("overlays/dev-no-domain");
        var services = development.Where(found => found.Text("kind") == "Service").Select(References.Name).ToList();
        var addresses = development.Single(found => References.Name(found) == "dev-common-config").Mapping("data")!
            .Where(entry => entry.Key.EndsWith("_URL", StringComparison.Ordinal))
            .Select(entry => new Uri(entry.Value.ToString()!).Host)
            .ToList();
        Assert.Equal(20, services.Count);
        Assert.NotEmpty(addresses);
        Assert.All(addresses, host => Assert.Contains(host, services));
    }

    [Fact]
    public async Task Generate_Example_TellsWhatIsLeftForAPerson()
    {
        var readme = RepositoryPlatform.Files(await Model())["README.md"].Content;

        Assert.Contains("`storefront-load-generator` that no service uses", readme, StringComparison.Ordinal);
        Assert.Contains("Fill the secret `storefront/production/rabbitmq-credentials` in AWS Secrets Manager: `RABBITMQ_URL`", readme, StringComparison.Ordinal);
        Assert.Contains("Fill the secret `storefront/production/jwt-secret` in AWS Secrets Manager: `JWT_SECRET`", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("<unknown:", readme, StringComparison.Ordinal);
    }

    private static async Task<PlatformModel> Model()
    {
        var problems = new List<Diagnostic>();
        var configuration = ConfigurationReader.Read(Text("slipway.yaml"), "slipway.yaml", problems)!;
        var inventory = InventoryReader.Read(Text(configuration.Inventory.Content), configuration.Inventory.Content, problems)!;
        var reader = new TerraformReader(new PhysicalFileSystem(), new ScriptedProcessRunner());
        var outputs = await reader.ReadAsync(configuration.Terraform.Single(), RepositoryRoot.Combine("examples", "storefront"), problems);
        var request = new ContextRequest { Outputs = [outputs!], Inventory = inventory, Mapping = configuration.Mapping, Values = configuration.Values };
        var facts = ContextCollector.Collect(request, problems);
        return PlatformBuilder.Build(facts!, inventory, configuration, problems) ?? throw new InvalidOperationException(string.Join('\n', problems));
    }

    private static string Text(string file) => Encoding.UTF8.GetString(new PhysicalFileSystem().ReadAllBytes(RepositoryRoot.Combine("examples", "storefront", file)));
}
