using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Validation.Loading;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Validation.Building;

/// <summary>Builds roots with <c>kubectl kustomize</c>, several at once.</summary>
internal sealed class KustomizeBuilder(IProcessRunner processes, string directory, int parallelism) : IDisposable
{
    // A build lives for a third of a second, much of it spent collecting garbage that would fit in memory several times over.
    private static readonly Dictionary<string, string> FewCollections = new(StringComparer.Ordinal) { ["GOGC"] = "400" };

    private const string LogMark = "\"command failed\" err=";

    private readonly SemaphoreSlim _slots = new(Math.Max(1, parallelism));

    public async Task<BuiltRoot> BuildAsync(RootReach reach, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        ProcessResult result;
        try
        {
            var folder = reach.Root.Folder.Length == 0 ? directory : Path.Combine(directory, reach.Root.Folder);
            result = await processes.RunAsync(new ProcessCommand("kubectl", ["kustomize", folder]) { Environment = FewCollections }, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }

        return result.ExitCode == 0 ? Read(reach, result.Output) : new BuiltRoot(reach) { Problems = [Failure(reach, result.Error)] };
    }

    public void Dispose() => _slots.Dispose();

    private static BuiltRoot Read(RootReach reach, string output)
    {
        var problems = new List<Diagnostic>();
        var documents = DocumentReader.Read(output, reach.Root.File.Path, problems);
        if (problems.Count > 0) return new BuiltRoot(reach) { Problems = [Failure(reach, $"what it builds is not YAML: {problems[0].Summary}")] };
        var file = new ManifestFile(reach.Root.File.Path, documents) { Role = FileRole.Manifest };
        var objects = new List<ManifestObject>();
        foreach (var root in documents.Select(document => document.Root).OfType<MappingNode>())
        {
            var built = new ManifestObject(file, root, NodePath.Root) { IsBuilt = true };
            objects.Add(new ManifestObject(file, root, NodePath.Root) { IsBuilt = true, Origin = reach.OriginOf(built) });
        }

        return new BuiltRoot(reach) { Objects = objects, Text = output };
    }

    private static Diagnostic Failure(RootReach reach, string error)
    {
        var message = Tidy(error);
        var (kustomization, path) = BuildBlame.Find(reach, message);
        var position = path.Locate(kustomization.Node);
        return new Diagnostic
        {
            Code = Codes.BuildFailed,
            Summary = $"the root '{reach.Root.Name}' does not build",
            Detail = message,
            Place = new SourcePlace(kustomization.File.Path, position?.Line ?? 1, position?.Column ?? 1, path.ToString()),
            Fix = $"correct it until 'kubectl kustomize {reach.Root.Name}' succeeds",
        };
    }

    // Some builds of kubectl put what went wrong into a line of their log.
    private static string Tidy(string error)
    {
        if (error.IndexOf(LogMark, StringComparison.Ordinal) is var mark and >= 0) error = error[(mark + LogMark.Length)..].Trim().Trim('"', '<', '>').Replace("\\\"", "\"", StringComparison.Ordinal);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#') && !line.StartsWith("Warning:", StringComparison.Ordinal));
        var text = string.Join("; ", lines);
        return text.StartsWith("error: ", StringComparison.Ordinal) ? text[7..] : text;
    }
}
