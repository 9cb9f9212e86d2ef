using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Testing.Examples;
using Slipway.Workspace;

namespace Slipway.Cli.Tests.Commands;

public sealed class PlatformVerbTests : IDisposable
{
    private const string Web = "out/k8s-manifests/base/deployments/frontend/web-ui.yaml";

    private readonly CliHarness _cli = new();

    public PlatformVerbTests() => Storefront.CopyTo(_cli.Folder);

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Generate_WithoutContext_SaysWhatToRunFirst()
    {
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("generate"));

        Assert.Contains("k8s-context/outputs-summary.yaml: error SLW1121: the context file is not there. Fix: run 'slipway context'", _cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli.PathOf("out")));
    }

    [Fact]
    public async Task Generate_AfterContext_WritesTheRepository()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("context"));
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("generate"));

        Assert.True(File.Exists(_cli.PathOf(Web)));
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("generate", "--check"));
    }

    [Fact]
    public async Task Generate_OverAPersonsEdit_KeepsItAndSaysSo()
    {
        await WriteRepositoryAsync();
        _cli.Write(Web, _cli.Read(Web).Replace("imagePullPolicy: IfNotPresent", "imagePullPolicy: Always # the node caches too long", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("generate", "-o", "json"));

        Assert.Contains("# the node caches too long", _cli.Read(Web), StringComparison.Ordinal);
        var repository = JsonDocument.Parse(_cli.Output).RootElement.GetProperty("repository");
        Assert.Equal("base/deployments/frontend/web-ui.yaml", Assert.Single(repository.GetProperty("paths").GetProperty("kept").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Generate_OverAConflictingEdit_LeavesItAndExits3()
    {
        await WriteRepositoryAsync();
        _cli.Write(Web, _cli.Read(Web).Replace("cpu: 50m", "cpu: 70m", StringComparison.Ordinal));
        var inventory = _cli.Read("services.yaml");
        Assert.Contains("cpu: 50m, memory: 64Mi", inventory, StringComparison.Ordinal);
        _cli.Write("services.yaml", inventory.Replace("cpu: 50m, memory: 64Mi", "cpu: 60m, memory: 64Mi", StringComparison.Ordinal));
        await _cli.RunAsync("context");

        Assert.Equal(ExitCodes.Partial, await _cli.RunAsync("generate"));

        Assert.Contains("cpu: 70m", _cli.Read(Web), StringComparison.Ordinal);
        Assert.DoesNotContain("<<<<<<<", _cli.Read(Web), StringComparison.Ordinal);
        Assert.Contains("cpu: 60m", _cli.Read(Web + ".slipway-new"), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Partial, await _cli.RunAsync("generate", "--check"));

        File.Delete(_cli.PathOf(Web + ".slipway-new"));
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("generate"));
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("generate", "--check"));
    }

    [Fact]
    public async Task Up_WhereAForeignFileStands_CountsNothingAsWritten()
    {
        _cli.Write("out/k8s-manifests/base/pdb/pdb.yaml", "mine: true\n");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("up"));

        Assert.Contains("SLW2103", _cli.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("created, 1 conflicted", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_WithoutAGitRepository_SaysSoBeforeAnythingIsWritten()
    {
        var configuration = _cli.Read("slipway.yaml");
        _cli.Write("slipway.yaml", configuration.Replace("  repository: https://git.example.com/platform/storefront-deploy.git\n", "", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("up"));

        Assert.Contains("slipway.yaml (gitops.repository): error SLW1012: nothing says from where Argo CD takes the repository.", _cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli.PathOf("out")));
    }

    [Fact]
    public async Task Up_Warning_IsToldOnceAndUnusedRepositoriesAreNamed()
    {
        var inventory = _cli.Read("services.yaml");
        _cli.Write("services.yaml", inventory.Replace("disruptionBudget: { minAvailable: 2 }", "disruptionBudget: { minAvailable: 3 }", StringComparison.Ordinal));

        await _cli.RunAsync("up");

        Assert.Single(_cli.Error.Split('\n'), line => line.Contains("SLW1216", StringComparison.Ordinal));
        Assert.Contains("unused:    image repository storefront-load-generator", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AfterTheInventoryChanged_Exits2AndWritesNothing()
    {
        await WriteRepositoryAsync();
        var before = _cli.Read(Web);
        _cli.Write("services.yaml", _cli.Read("services.yaml").Replace("2.7.1", "2.8.0", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Changes, await _cli.RunAsync("up", "--check"));

        Assert.Equal(before, _cli.Read(Web));
    }

    [Fact]
    public async Task DryRun_AfterTheInventoryChanged_ShowsTheDifference()
    {
        await WriteRepositoryAsync();
        _cli.Write("services.yaml", _cli.Read("services.yaml").Replace("2.7.1", "2.8.0", StringComparison.Ordinal));

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("up", "--dry-run"));

        Assert.Contains("+  newTag: \"2.8.0\"", _cli.Output, StringComparison.Ordinal);
        Assert.Contains("-  newTag: \"2.7.1\"", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_WhileAnotherCommandWorks_Exits5AndNamesIt()
    {
        await WriteRepositoryAsync();
        using var held = WorkspaceLock.TryTake(new PhysicalFileSystem(), TimeProvider.System, _cli.PathOf("out"), "slipway up", out _);

        Assert.Equal(ExitCodes.LockHeld, await _cli.RunAsync("generate"));

        Assert.Contains("SLW1060", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("slipway up", _cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_EditedPlan_KeepsTheEdit()
    {
        await _cli.RunAsync("context");
        const string Plan = "out/k8s-context/k8s-generation-plan.yaml";
        var edited = _cli.Read(Plan).Replace("    - base/pdb/pdb.yaml\n", "", StringComparison.Ordinal).Replace("      - base/pdb/pdb.yaml\n", "", StringComparison.Ordinal);
        Assert.NotEqual(_cli.Read(Plan), edited);
        _cli.Write(Plan, edited);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("up"));

        Assert.Equal(edited, _cli.Read(Plan));
        Assert.False(File.Exists(_cli.PathOf("out/k8s-manifests/base/pdb/pdb.yaml")));
    }

    [Theory]
    [InlineData("terraform-outputs.json", """{"vpc_id": {"value": "vpc-0abc"}}""")]
    [InlineData("terraform.tfstate", """{"version": 4, "terraform_version": "1.11.0", "serial": 1, "lineage": "x", "outputs": {"vpc_id": {"value": "vpc-0abc", "type": "string"}}, "resources": []}""")]
    public async Task Context_OutputsNamedOnTheCommandLine_AreReadInThePlaceOfTheConfigured(string file, string content)
    {
        _cli.Write($"infra/{file}", content);

        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("context", ".", "--terraform", $"infra/{file}", "--allow-unknown"));

        var summary = _cli.Read("out/k8s-context/outputs-summary.yaml");
        Assert.Contains("vpc-0abc", summary, StringComparison.Ordinal);
        Assert.Contains($"\"name\": \"infra/{file}\"", _cli.Read("out/k8s-context/.slipway/sources.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_OutOnTheCommandLine_IsNamedInWhatToDoNext()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("context", "--out", "elsewhere"));

        Assert.EndsWith("Next: slipway generate --out elsewhere\n", _cli.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_MissingOutput_ListsItAndWritesNothing()
    {
        RemoveOutput("db_instance_endpoint");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("context"));

        Assert.Contains("database.endpoint", _cli.Error, StringComparison.Ordinal);
        Assert.Contains("mapping", _cli.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cli.PathOf("out")));
    }

    [Fact]
    public async Task Up_AllowUnknown_GeneratesAndValidateRefuses()
    {
        RemoveOutput("s3_bucket");

        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("up", "--allow-unknown", "-o", "json"));

        var document = JsonDocument.Parse(_cli.Output).RootElement;
        Assert.NotEmpty(document.GetProperty("unknown").EnumerateObject());
        Assert.Equal("failed", document.GetProperty("run").GetProperty("status").GetString());
        Assert.Equal(ExitCodes.Error, await _cli.RunAsync("validate", "out/k8s-manifests"));
        Assert.Contains("storage.bucket_name", _cli.Output, StringComparison.Ordinal);
    }

    private async Task WriteRepositoryAsync()
    {
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("context"));
        Assert.Equal(ExitCodes.Done, await _cli.RunAsync("generate"));
    }

    private void RemoveOutput(params string[] names)
    {
        var outputs = JsonDocument.Parse(_cli.Read("terraform-outputs.json")).RootElement.EnumerateObject()
            .Where(output => !names.Contains(output.Name))
            .ToDictionary(output => output.Name, output => output.Value);
        _cli.Write("terraform-outputs.json", JsonSerializer.Serialize(outputs));
    }
}
