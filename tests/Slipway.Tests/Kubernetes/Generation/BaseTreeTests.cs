using System.Diagnostics;
using System.Globalization;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Kubernetes.Generation;

public sealed class BaseTreeTests
{
    [Fact]
    public void Generate_RichPlatform_IsTheGoldenTree() => GoldenTree.Matches("base", Generate.Base(SamplePlatform.Rich()));

    [Fact]
    public void Generate_OtherCultureAndOrderOfAsking_GivesTheSameBytes()
    {
        var first = Generate.Base(SamplePlatform.Rich());
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Invariant globalization knows no other culture by name, so one is made.
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NegativeSign = "~";
            other.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = other;
            var session = Generate.Session(SamplePlatform.Rich());
            foreach (var item in session.Items.Reverse()) session.Generate(item.Id);

            Assert.Equal(first, Generate.Base(session));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Generate_ManyAskAtOnce_MakeEachItemOnce()
    {
        var session = Generate.Session(SamplePlatform.Rich());

        var results = new System.Collections.Concurrent.ConcurrentBag<object>();
        Parallel.For(0, 32, _ => results.Add(session.Generate("deployments/orders")));

        Assert.Single(results.Distinct());
    }

    [Fact]
    public async Task Kustomize_GeneratedBase_Builds()
    {
        Tools.Require("kubectl");
        using var folder = new TemporaryDirectory();
        foreach (var (path, text) in Generate.Base(SamplePlatform.Rich()))
        {
            var file = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", Path.Combine(folder.Path, "base")]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await error);
        Assert.Contains("image: registry.example.com/api-gateway:1.4.2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("REPLACE_ME", output, StringComparison.Ordinal);
    }
}
