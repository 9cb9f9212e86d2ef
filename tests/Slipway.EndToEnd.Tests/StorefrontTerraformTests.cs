using Slipway.Coordination.Diagnostics;
using Slipway.Terraform;
using Slipway.Testing.Examples;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.EndToEnd.Tests;

public sealed class StorefrontTerraformTests
{
    [Fact]
    public async Task Apply_Offline_GivesTheRecordedOutputs()
    {
        Tools.Require("terraform");
        using var directory = new TemporaryDirectory();
        Storefront.CopyTo(directory.Path);
        var runner = new ProcessRunner(new SystemEnvironment());
        await RunAsync("init", "-input=false");
        await RunAsync("apply", "-input=false", "-auto-approve");

        var problems = new List<Diagnostic>();
        var reader = new TerraformReader(new PhysicalFileSystem(), runner);
        var live = await reader.ReadAsync(new TerraformSource.Directory("terraform"), directory.Path, problems);
        var state = await reader.ReadAsync(new TerraformSource.File("terraform/terraform.tfstate"), directory.Path, problems);
        var recorded = await reader.ReadAsync(new TerraformSource.File("terraform-outputs.json"), directory.Path, problems);

        Assert.Empty(problems);
        Assert.Equal(Texts(recorded!), Texts(live!));
        Assert.Equal(Texts(recorded!), Texts(state!));
        Assert.Equal(["db_instance_password"], recorded!.Values.Where(output => output.Value.IsSensitive).Select(output => output.Key));

        async Task RunAsync(params string[] arguments)
        {
            var result = await runner.RunAsync(new ProcessCommand("terraform", arguments) { WorkingDirectory = directory.At("terraform") }, TestContext.Current.CancellationToken);
            Assert.True(result.ExitCode == 0, result.Error);
        }
    }

    private static IEnumerable<string> Texts(TerraformOutputs outputs) =>
        outputs.Values.OrderBy(output => output.Key, StringComparer.Ordinal).Select(output => output.Value.ToString());
}
