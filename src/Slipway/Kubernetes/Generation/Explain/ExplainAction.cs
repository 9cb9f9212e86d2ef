using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Ownership;
using Slipway.Workspace;

namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>
/// <c>slipway explain FILE[:path]</c>: where each value of a generated file came from, and whether a person changed it. Nothing is written.
/// </summary>
public static class ExplainAction
{
    /// <summary>Explains a file, a line of it, or a value.</summary>
    /// <param name="session">The generation that makes the repository.</param>
    /// <param name="files">The disk.</param>
    /// <param name="root">The repository's root, such as <c>out/k8s-manifests</c>.</param>
    /// <param name="target">
    /// The file, alone or with what is asked for behind a colon: a line (<c>:31</c>), a path (<c>:spec.replicas</c>), a document by its place and a path
    /// (<c>:[2].spec.replicas</c>), or a document by kind and name and a path (<c>:Deployment/web-ui:spec.replicas</c>).
    /// </param>
    /// <returns>The values; with problems when there is no such file (SLW2061), path (SLW2062), or no YAML to look into (SLW2063, SLW2064).</returns>
    public static Explanation Run(GenerationSession session, IFileSystem files, string root, string target)
    {
        var asked = ExplainTarget.Parse(target, root);
        if (Find(session, asked.File) is not { } found) return Unknown(session, asked);
        var (item, file) = found;
        var problems = new List<Diagnostic>();
        var onDisk = Read(files, $"{root.TrimEnd('/')}/{asked.File}", problems);
        if (problems.Count > 0) return new Explanation(asked.File, item, true, [], problems);
        if (file.IsText)
        {
            problems.Add(new Diagnostic
            {
                Code = ExplainCodes.NoValues,
                Severity = Severity.Warning,
                Summary = $"'{asked.File}' is text that {item.Tool} writes from the platform; it has no values of its own",
                Place = new SourcePlace(asked.File),
                Fix = "ask about the YAML files that it tells of",
            });
            return new Explanation(asked.File, item, onDisk is not null, [], problems);
        }

        var documents = DocumentReader.Read(onDisk ?? file.Content, asked.File, problems);
        if (problems.Exists(problem => problem.Severity == Severity.Error)) return new Explanation(asked.File, item, onDisk is not null, [], problems);
        var record = OwnershipRecord.Read(files, root.TrimEnd('/'), problems, out _);
        var comparison = new ExplainComparison(file, onDisk ?? file.Content, record.Files.GetValueOrDefault(asked.File));
        var values = comparison.Compare(FlatDocument.Of(documents), asked);
        if (values.Count == 0) problems.Add(NothingThere(asked, comparison.Paths));
        return new Explanation(asked.File, item, onDisk is not null, values, problems);
    }

    private static (GenerationItem Item, GeneratedFile File)? Find(GenerationSession session, string path)
    {
        foreach (var item in session.Items)
        {
            if (!item.Paths.Any(made => made.EndsWith('/') ? path.StartsWith(made, StringComparison.Ordinal) : made == path)) continue;
            if (session.Generate(item.Id).Files.FirstOrDefault(file => file.Path == path) is { } file) return (item, file);
        }

        return null;
    }

    private static string? Read(IFileSystem files, string path, List<Diagnostic> problems)
    {
        if (!files.FileExists(path)) return null;
        try
        {
            return new UTF8Encoding(false, true).GetString(files.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add(new Diagnostic
            {
                Code = ExplainCodes.Unreadable,
                Summary = $"the file cannot be read: {exception.Message}",
                Place = new SourcePlace(path),
                Fix = "make it a readable UTF-8 text file, or remove it and generate again",
            });
            return null;
        }
    }

    private static Explanation Unknown(GenerationSession session, ExplainTarget asked)
    {
        var paths = session.Items.SelectMany(item => session.Generate(item.Id).Files).Select(file => file.Path).ToList();
        var near = paths.Find(path => path.StartsWith($"{asked.File.TrimEnd('/')}/", StringComparison.Ordinal)) ?? Suggestion.Closest(asked.File, paths);
        var problem = new Diagnostic
        {
            Code = ExplainCodes.UnknownFile,
            Summary = $"the generated repository has no file '{asked.File}'",
            Place = new SourcePlace(asked.File),
            Fix = near is null ? "name a file below the repository's root, such as base/kustomization.yaml" : $"did you mean '{near}'?",
        };
        return new Explanation(asked.File, null, false, [], [problem]);
    }

    private static Diagnostic NothingThere(ExplainTarget asked, IEnumerable<string> paths)
    {
        var near = asked.Path.Length == 0 ? null : Suggestion.Closest(asked.Path, paths.Distinct(StringComparer.Ordinal));
        return new Diagnostic
        {
            Code = ExplainCodes.UnknownPath,
            Summary = asked.Line is null ? "there is no value at that path" : "there is no value on that line",
            Place = new SourcePlace(asked.File, asked.Line, null, asked.Path.Length == 0 ? null : asked.Path),
            Fix = near is null ? $"'slipway explain {asked.File}' lists every value" : $"did you mean '{near}'?",
        };
    }
}
