using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Validation.Loading;

/// <summary>Reads a directory: the YAML rung.</summary>
internal sealed class ManifestLoader(IFileSystem files)
{
    private const long MaximumSize = 16 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Diagnostic> _problems = [];

    /// <summary>Reads all manifests below a directory.</summary>
    /// <exception cref="IOException">The directory cannot be listed.</exception>
    public ManifestSet Load(string directory)
    {
        var read = new List<ManifestFile>();
        var paths = files.EnumerateFiles(directory).ToList();
        var charts = paths.Where(path => FileName(path) == "Chart.yaml").Select(path => $"{path[..^"Chart.yaml".Length]}templates/").ToList();
        foreach (var path in paths)
        {
            if (!IsCandidate(path) || charts.Exists(chart => path.StartsWith(chart, StringComparison.Ordinal))) continue;
            if (ReadFile(directory, path) is { } file) read.Add(file);
        }

        var kustomizations = new SortedDictionary<string, Kustomization>(StringComparer.Ordinal);
        foreach (var file in read)
        {
            if (file.Role == FileRole.Kustomization && file.Documents is [{ Root: MappingNode root }]) kustomizations[file.Folder] = new Kustomization(file, root);
        }

        MarkPatches(read, kustomizations);
        foreach (var file in read) AddObjects(file);
        return new ManifestSet(read, kustomizations, _problems);
    }

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static bool IsCandidate(string path)
    {
        if (path.StartsWith('.') || path.Contains("/.", StringComparison.Ordinal)) return false;
        return IsKustomization(path) || path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal)
            || path.EndsWith(".json", StringComparison.Ordinal);
    }

    /// <summary>True for a file that is a kustomization by its name.</summary>
    public static bool IsKustomization(string path) => FileName(path) is "kustomization.yaml" or "kustomization.yml" or "Kustomization";

    private ManifestFile? ReadFile(string directory, string path)
    {
        if (ReadText(directory, path) is not { } text) return new ManifestFile(path, []);
        if (path.EndsWith(".json", StringComparison.Ordinal)
            && !(text.Contains("\"apiVersion\"", StringComparison.Ordinal) && text.Contains("\"kind\"", StringComparison.Ordinal))) return null;
        var problems = new List<Diagnostic>();
        var documents = DocumentReader.Read(text, path, problems);
        if (TemplateText.Complaint(text, problems) is { } complaint) problems = [complaint];
        _problems.AddRange(problems);
        if (problems.Exists(problem => problem.Severity == Severity.Error)) return new ManifestFile(path, []);
        var role = IsKustomization(path) ? FileRole.Kustomization
            : documents.Any(document => IsObject(document.Root)) ? FileRole.Manifest
            : FileRole.Other;
        return new ManifestFile(path, documents) { Role = role };
    }

    private string? ReadText(string directory, string path)
    {
        var full = Path.Combine(directory, path);
        try
        {
            if (IsDangling(full)) return Unreadable(path, "the file is a symbolic link that leads nowhere", "correct the link, or remove it");
            if (files.GetSize(full) > MaximumSize) return Unreadable(path, "the file is larger than 16 MiB", "split it, or move it out of the directory");
            var bytes = files.ReadAllBytes(full);
            if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return Unreadable(path, "the file is UTF-16, not UTF-8", "save it as UTF-8");
            if (bytes.AsSpan().Contains((byte)0)) return Unreadable(path, "the file is binary, not YAML", "remove it, or give it another name");
            var span = bytes.AsSpan();
            return StrictUtf8.GetString(span.StartsWith(Encoding.UTF8.Preamble) ? span[3..] : span);
        }
        catch (DecoderFallbackException)
        {
            return Unreadable(path, "the file is not UTF-8", "save it as UTF-8");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, $"the file cannot be read: {exception.Message}", "make it readable");
        }
    }

    private bool IsDangling(string full) => files.GetLinkTarget(full) is not null && !files.FileExists(full);

    private string? Unreadable(string path, string summary, string fix)
    {
        _problems.Add(new Diagnostic { Code = Codes.Unreadable, Summary = summary, Place = new SourcePlace(path), Fix = fix });
        return null;
    }

    private static bool IsObject(Node root) =>
        root is MappingNode mapping && (mapping.Has("apiVersion") || mapping.Has("kind"))
        && ((mapping.Has("apiVersion") && mapping.Has("kind")) || mapping.Mapping("metadata") is not null);

    private static void MarkPatches(List<ManifestFile> read, SortedDictionary<string, Kustomization> kustomizations)
    {
        var patches = new HashSet<string>(StringComparer.Ordinal);
        var resources = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kustomization in kustomizations.Values)
        {
            foreach (var (entry, _) in kustomization.PatchFiles) patches.Add(kustomization.Resolve(entry) ?? "");
            foreach (var (entry, _) in kustomization.Resources) resources.Add(kustomization.Resolve(entry) ?? "");
        }

        foreach (var file in read)
        {
            if (patches.Contains(file.Path) && !resources.Contains(file.Path)) file.Role = FileRole.Patch;
        }
    }

    private static void AddObjects(ManifestFile file)
    {
        if (file.Role == FileRole.Other) return;
        foreach (var document in file.Documents)
        {
            if (document.Root is not MappingNode root) continue;
            if (root.Text("kind") is not "List")
            {
                file.Objects.Add(new ManifestObject(file, root, NodePath.Root));
                continue;
            }

            var items = root.Sequence("items") ?? [];
            for (var at = 0; at < items.Count; at++)
            {
                if (items[at] is MappingNode item) file.Objects.Add(new ManifestObject(file, item, NodePath.Root["items"][at]));
            }
        }
    }
}
