using System.Text;
using Slipway.Configuration;
using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;
using Slipway.Platform.Building;
using Slipway.Platform.Reading;
using Slipway.Terraform;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Context;

public sealed class StorefrontContextTests
{
    private static readonly string Example = RepositoryRoot.Combine("examples", "storefront");

    private readonly List<Diagnostic> _problems = [];

    [Fact]
    public async Task Read_ContextOfTheExample_RendersToTheSameBytesAgain()
    {
        var configuration = ConfigurationReader.Read(Text("slipway.yaml"), "slipway.yaml", _problems)!;
        var inventory = InventoryReader.Read(Text("services.yaml"), "services.yaml", _problems)!;
        var facts = ContextCollector.Collect(await RequestAsync(configuration, inventory), _problems)!;
        var written = Render(facts, inventory, configuration);

        var (context, problems) = SmallContext.Read(new InMemoryFileSystem().AddContext(written));

        Assert.Empty(problems);
        var again = Render(context!.Facts, context.Inventory, configuration);
        Assert.All(ContextFiles.All, file => Assert.Equal(Encoding.UTF8.GetString(written[file]), Encoding.UTF8.GetString(again[file])));
        Assert.All(context.Inventory.Workloads, workload => Assert.Equal("services.yaml", workload.Source.Place!.File));
    }

    [Fact]
    public async Task Collect_ExampleWithoutOneOutput_NamesExactlyThatFactOrDerivesIt()
    {
        var configuration = ConfigurationReader.Read(Text("slipway.yaml"), "slipway.yaml", _problems)!;
        var inventory = InventoryReader.Read(Text("services.yaml"), "services.yaml", _problems)!;
        var request = await RequestAsync(configuration, inventory);
        foreach (var name in request.Outputs[0].Values.Keys)
        {
            var rest = request.Outputs[0].Values.Where(output => output.Key != name).ToDictionary(output => output.Key, output => output.Value, StringComparer.Ordinal);
            var problems = new List<Diagnostic>();

            var facts = ContextCollector.Collect(request with { Outputs = [request.Outputs[0] with { Values = rest }] }, problems);

            Assert.Equal(facts is null, problems.Exists(problem => problem.Severity == Severity.Error));
            Assert.All(problems.Where(problem => problem.Severity == Severity.Error), problem => Assert.Equal("SLW1111", problem.Code));
        }
    }

    private SortedDictionary<string, byte[]> Render(InfrastructureFacts facts, Inventory inventory, SlipwayConfiguration configuration)
    {
        var model = PlatformBuilder.Build(facts, inventory, configuration, _problems)!;
        return ContextRenderer.Render(model, inventory, GenerationPlan.For(model), [new ContextInput("services.yaml", "ab12")]);
    }

    private async Task<ContextRequest> RequestAsync(SlipwayConfiguration configuration, Inventory inventory)
    {
        var reader = new TerraformReader(new PhysicalFileSystem(), new ScriptedProcessRunner());
        var outputs = await reader.ReadAsync(configuration.Terraform.Single(), Example, _problems);
        return new ContextRequest { Outputs = [outputs!], Inventory = inventory, Mapping = configuration.Mapping, Values = configuration.Values };
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Example, file));
}
