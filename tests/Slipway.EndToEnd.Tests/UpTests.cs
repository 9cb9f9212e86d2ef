using System.Text.Json;
using Slipway.Testing.Examples;
using Slipway.Testing.Repository;

namespace Slipway.EndToEnd.Tests;

/// <summary>The main job as a user runs it: the built program, the real tools.</summary>
public sealed class UpTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-up-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Up_Storefront_WritesAVerifiedRepository()
    {
        Tools.Require("kubectl");
        var platform = Copy("shop");

        var (code, output, error) = await SlipwayProcess.RunAsync(_folder.FullName, ["up", "shop", "-o", "json"]);

        Assert.True(code == 0, error);
        var document = JsonDocument.Parse(output).RootElement;
        Assert.Equal("succeeded", document.GetProperty("run").GetProperty("status").GetString());
        var verification = document.GetProperty("verification");
        Assert.Empty(verification.GetProperty("findings").EnumerateArray());
        Assert.Equal(
            ["passed", "passed", "passed", "passed", "passed", "not-run"],
            verification.GetProperty("rungs").EnumerateArray().Select(rung => rung.GetProperty("status").GetString()));
        Assert.True(File.Exists(Path.Combine(platform, "out", "k8s-manifests", "overlays", "production", "kustomization.yaml")));
    }

    [Fact]
    public async Task Up_Storefront_HoldsAtLeastWhatTheReferenceCounts()
    {
        var facts = RepositoryRoot.Shared("reference", "storefront-facts.json");
        Assert.SkipWhen(facts is null, "the reference data is not beside the checkout");
        Copy("shop");

        var (_, output, _) = await SlipwayProcess.RunAsync(_folder.FullName, ["up", "shop", "-o", "json"]);

        var objects = JsonDocument.Parse(output).RootElement.GetProperty("objects");
        foreach (var kind in JsonDocument.Parse(File.ReadAllText(facts)).RootElement.GetProperty("kinds").EnumerateObject())
        {
            // Secrets come from the store: an ExternalSecret stands for each.
            var name = kind.Name == "Secret" ? "ExternalSecret" : kind.Name;
            Assert.True(objects.GetProperty(name).GetInt32() >= kind.Value.GetInt32(), $"{name}: {objects.GetProperty(name)} of {kind.Value}");
        }
    }

    [Fact]
    public async Task Up_FromAnotherFolderAndLocale_WritesTheSameBytes()
    {
        var first = Copy("shop");
        var second = Copy(Path.Combine("elsewhere", "shop"));

        Assert.Equal(0, (await SlipwayProcess.RunAsync(_folder.FullName, ["up", "shop"])).Code);
        Assert.Equal(0, (await SlipwayProcess.RunAsync(second, ["up"], new Dictionary<string, string> { ["LC_ALL"] = "tr_TR.UTF-8", ["TZ"] = "Asia/Tokyo" })).Code);

        Assert.Equal(Trees.Read(Path.Combine(first, "out")), Trees.Read(Path.Combine(second, "out")));
    }

    [Theory]
    [InlineData("context")]
    [InlineData("deployments")]
    [InlineData("repository")]
    public async Task Up_KilledWhileItRuns_GoesOnAndEndsWithTheSameTree(string group)
    {
        Copy("undisturbed");
        Assert.Equal(0, (await SlipwayProcess.RunAsync(_folder.FullName, ["up", "undisturbed"])).Code);
        var platform = Copy("shop");

        using (var process = SlipwayProcess.Start(_folder.FullName, ["up", "shop"]))
        {
            while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.Contains(group, StringComparison.Ordinal)) break;
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (_, runs, _) = await SlipwayProcess.RunAsync(platform, ["runs", "list", "-o", "json"]);
        var runId = JsonDocument.Parse(runs).RootElement.GetProperty("runs")[0].GetProperty("id").GetString()!;
        var (code, _, error) = await SlipwayProcess.RunAsync(platform, ["runs", "resume", runId]);

        Assert.True(code == 0, error);
        Assert.Equal(Trees.Read(Path.Combine(_folder.FullName, "undisturbed", "out")), Trees.Read(Path.Combine(platform, "out")));
    }

    [Theory]
    [InlineData("cancelled", 1, "cancel", "up")]
    [InlineData("paused", 130, "pause", "up", "--now")]
    public async Task Stop_OfARunOfAnotherProcess_EndsThatProcessInOrder(string status, int exitCode, params string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs a script that can be run");
            return;
        }

        var platform = Copy("shop");
        var programs = _folder.CreateSubdirectory("bin").FullName;
        var slow = Path.Combine(programs, "kubectl");
        await File.WriteAllTextAsync(slow, "#!/bin/sh\nexec sleep 600\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var path = new Dictionary<string, string> { ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}" };

        using var process = SlipwayProcess.Start(platform, ["up"], path);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("repository", StringComparison.Ordinal)) break;
        }

        var (code, _, error) = await SlipwayProcess.RunAsync(platform, ["runs", .. arguments]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(code == 0, error);
        Assert.EndsWith($": {status}\n", error, StringComparison.Ordinal);
        Assert.Equal(exitCode, process.ExitCode);
    }

    private string Copy(string name)
    {
        var target = Path.Combine(_folder.FullName, name);
        Storefront.CopyTo(target);
        return target;
    }
}
