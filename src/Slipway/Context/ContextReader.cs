using System.Text;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;
using Slipway.Platform.Reading;
using Slipway.Workspace;

namespace Slipway.Context;

/// <summary>
/// Reads the context files back, strictly, with every problem at its line. A value that still is what Slipway wrote keeps its
/// source; one that a person changed comes from that line.
/// </summary>
/// <param name="files">The disk.</param>
public sealed class ContextReader(IFileSystem files)
{
    private const long MaximumSize = 64 * 1024 * 1024;

    /// <summary>Reads a context that is not on disk yet.</summary>
    /// <param name="content">The content of each file by its path in the context folder.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="shownFolder">The folder as the user knows it, for messages; <c>k8s-context</c> by default.</param>
    /// <returns>The context, or null with an error among the problems.</returns>
    public static ContextSet? Read(
        IReadOnlyDictionary<string, byte[]> content, ICollection<Diagnostic> problems, string shownFolder = ContextFiles.Folder)
    {
        var sources = content.TryGetValue(ContextFiles.Sources, out var record) ? ContextSourcesJson.Read(record) : new ContextSources();
        return Read(sources, file => Encoding.UTF8.GetString(content[file]), problems, shownFolder);
    }

    /// <summary>Reads the context.</summary>
    /// <param name="folder">The context folder.</param>
    /// <param name="shownFolder">The folder as the user knows it, for messages; <c>k8s-context</c> by default.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>The context, or null with an error among the problems.</returns>
    public ContextSet? Read(string folder, ICollection<Diagnostic> problems, string shownFolder = ContextFiles.Folder)
    {
        var found = new List<Diagnostic>();
        var sources = ReadSources(folder, shownFolder, found);
        var context = Read(sources, file => ReadText(folder, shownFolder, file, found), found, shownFolder);
        foreach (var problem in found) problems.Add(problem);
        return context;
    }

    private static ContextSet? Read(ContextSources sources, Func<string, string?> read, ICollection<Diagnostic> problems, string shownFolder)
    {
        var found = new List<Diagnostic>();
        var texts = ContextFiles.All.ToDictionary(file => file, read, StringComparer.Ordinal);

        var facts = ReadDocument(ContextFiles.Summary, out var summary) ? new SummaryReader(ScopeOf(ContextFiles.Summary)).Read(summary!) : null;
        var variablesReader = new VariablesReader(ScopeOf(ContextFiles.Variables), $"{shownFolder}/{ContextFiles.Summary}");
        if (ReadDocument(ContextFiles.Variables, out var variables) && facts is not null) facts = variablesReader.Read(variables!, facts);

        var inventory = ReadDocument(ContextFiles.Inventory, out var services)
            ? InventoryReader.Read(services!, Shown(ContextFiles.Inventory), found, SourceIn(ContextFiles.Inventory))
            : null;
        if (inventory is not null) inventory = variablesReader.Apply(inventory);
        var plan = texts[ContextFiles.Plan] is { } text ? GenerationPlanReader.Read(text, Shown(ContextFiles.Plan), found) : null;

        foreach (var problem in found) problems.Add(problem);
        if (found.Exists(problem => problem.Severity == Severity.Error)) return null;
        return facts is null || inventory is null || plan is null ? null : new ContextSet(facts, inventory, plan, sources.Inputs);

        string Shown(string file) => $"{shownFolder}/{file}";

        Func<ScalarNode, string, Provenance> SourceIn(string file) => (scalar, path) => sources.SourceOf(file, Shown(file), scalar, path);

        ReadScope ScopeOf(string file) => new(Shown(file), ProvenanceKind.Edited, ContextFields.Codes, found, SourceIn(file));

        bool ReadDocument(string file, out Node? root)
        {
            root = texts[file] is { } content ? DocumentReader.ReadSingle(content, Shown(file), found) : null;
            return root is not null;
        }
    }

    private string? ReadText(string folder, string shownFolder, string file, List<Diagnostic> problems)
    {
        var path = $"{folder}/{file}";
        try
        {
            if (!files.FileExists(path))
                problems.Add(Problem($"{shownFolder}/{file}", "the context file is not there", "run 'slipway context'"));
            else if (files.GetSize(path) > MaximumSize)
                problems.Add(Problem($"{shownFolder}/{file}", "the context file is larger than 64 MiB", "run 'slipway context' to write it anew"));
            else
                return Encoding.UTF8.GetString(files.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem($"{shownFolder}/{file}", $"the context file cannot be read: {exception.Message}", "check its permissions"));
        }

        return null;
    }

    private ContextSources ReadSources(string folder, string shownFolder, List<Diagnostic> problems)
    {
        var path = $"{folder}/{ContextFiles.Sources}";
        try
        {
            if (files.FileExists(path)) return ContextSourcesJson.Read(files.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            problems.Add(Problem($"{shownFolder}/{ContextFiles.Sources}", "the record of sources cannot be read; values count as written by hand", "run 'slipway context'") with
            {
                Code = "SLW1127",
                Severity = Severity.Warning,
                Detail = exception.Message,
            });
        }

        return new ContextSources();
    }

    private static Diagnostic Problem(string file, string summary, string fix) => new()
    {
        Code = "SLW1121",
        Summary = summary,
        Place = new SourcePlace(file),
        Fix = fix,
    };
}
