using System.Diagnostics;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>Builds generated files with the kustomize of kubectl.</summary>
internal static class Kustomization
{
    /// <summary>Writes the files and builds a root among them.</summary>
    /// <returns>What kustomize made.</returns>
    public static async Task<string> AssertBuildsAsync(IReadOnlyDictionary<string, string> files, string root)
    {
        Tools.Require("kubectl");
        using var folder = new TemporaryDirectory();
        foreach (var (path, text) in files)
        {
            var file = folder.At(path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text);
        }

        var start = new ProcessStartInfo("kubectl", ["kustomize", folder.At(root)]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
