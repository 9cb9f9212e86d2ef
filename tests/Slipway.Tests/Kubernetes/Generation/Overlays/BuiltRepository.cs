using System.Diagnostics;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Generation;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;

namespace Slipway.Tests.Kubernetes.Generation.Overlays;

/// <summary>A generated repository on disk, built by the real kustomize.</summary>
internal sealed class BuiltRepository : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public BuiltRepository(IReadOnlyDictionary<string, GeneratedFile> files)
    {
        Tools.Require("kubectl");
        foreach (var file in files.Values)
        {
            var path = Path.Combine(_directory.Path, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
        }
    }

    /// <summary>The objects that a folder builds to.</summary>
    public IReadOnlyList<MappingNode> Build(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", folder])
        {
            WorkingDirectory = _directory.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{folder}: {error.Result}");
        Assert.Equal("", error.Result);
        var problems = new List<Diagnostic>();
        var objects = DocumentReader.Read(output, folder, problems).Select(document => (MappingNode)document.Root).ToList();
        Assert.Empty(problems);
        return objects;
    }

    public void Dispose() => _directory.Dispose();
}
