using System.Reflection;
using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Workspace;

namespace Slipway.Templates;

/// <summary>
/// The templates by name: the built-in ones, single ones of which a directory may replace. Safe for concurrent use.
/// </summary>
public sealed class TemplateCatalogue
{
    private const string Folder = "templates/";
    private const string Extension = ".yaml";

    private static readonly Lazy<IReadOnlyDictionary<string, Lazy<Template>>> BuiltInTemplates = new(LoadBuiltIn);

    private readonly Dictionary<string, Template> _overrides;

    private TemplateCatalogue(Dictionary<string, Template> overrides) => _overrides = overrides;

    /// <summary>The built-in templates alone.</summary>
    public static TemplateCatalogue BuiltIn { get; } = new([]);

    /// <summary>The names, ordered.</summary>
    public IReadOnlyList<string> Names { get; } = [.. BuiltInTemplates.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The templates that a directory replaced, ordered.</summary>
    public IReadOnlyList<string> Overridden => [.. _overrides.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Takes the templates of a directory (<c>--templates DIR</c>) in the place of built-in ones of the same file name.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="directory">The directory; its <c>*.yaml</c> files are read, nothing below.</param>
    /// <param name="problems">
    /// Receives every problem: a file that replaces nothing (SLW1302), a syntax error (SLW1301), a value that does not exist (SLW1303), a directory
    /// or file that cannot be read (SLW1308).
    /// </param>
    /// <returns>The catalogue, or null with problems.</returns>
    public static TemplateCatalogue? Load(IFileSystem files, string directory, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var overrides = new Dictionary<string, Template>(StringComparer.Ordinal);
        if (files.DirectoryExists(directory))
        {
            foreach (var file in files.EnumerateFiles(directory)) ReadOverride(files, directory, file, overrides, found);
        }
        else
        {
            found.Add(Problem(TemplateCodes.Unreadable, directory, "the directory of templates is not there", "name a directory, or write one with 'slipway templates eject'"));
        }

        foreach (var problem in found) problems.Add(problem);
        return found.Exists(problem => problem.Severity == Severity.Error) ? null : new TemplateCatalogue(overrides);
    }

    /// <summary>The template of a name; a replaced one when a directory has it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public Template Get(string name) =>
        _overrides.TryGetValue(name, out var replaced) ? replaced
        : BuiltInTemplates.Value.TryGetValue(name, out var builtIn) ? builtIn.Value
        : throw new KeyNotFoundException($"There is no template '{name}'.");

    /// <summary>The built-in template of a name, or null.</summary>
    public static Template? FindBuiltIn(string name) => BuiltInTemplates.Value.TryGetValue(name, out var template) ? template.Value : null;

    /// <summary>The name that was probably meant by an unknown one, or null.</summary>
    public string? Suggest(string name) => Suggestion.Closest(name, Names);

    /// <summary>Writes built-in templates as files, to be changed and given back with <c>--templates</c>. Files that are there stay.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="directory">Where to; made if need be.</param>
    /// <param name="names">Which; all when empty.</param>
    /// <returns>The files written and those left alone, by name.</returns>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public (IReadOnlyList<string> Written, IReadOnlyList<string> Kept) Eject(IFileSystem files, string directory, IReadOnlyList<string> names)
    {
        List<string> written = [];
        List<string> kept = [];
        foreach (var name in names.Count == 0 ? Names : names)
        {
            var template = FindBuiltIn(name) ?? throw new KeyNotFoundException($"There is no template '{name}'.");
            var path = $"{directory.TrimEnd('/')}/{name}{Extension}";
            if (files.FileExists(path))
            {
                kept.Add(path);
                continue;
            }

            files.WriteAtomically(path, Encoding.UTF8.GetBytes(template.Text));
            written.Add(path);
        }

        return (written, kept);
    }

    private static void ReadOverride(IFileSystem files, string directory, string file, Dictionary<string, Template> overrides, List<Diagnostic> problems)
    {
        if (file.Contains('/', StringComparison.Ordinal) || !file.EndsWith(Extension, StringComparison.Ordinal)) return;
        var path = $"{directory.TrimEnd('/')}/{file}";
        var name = file[..^Extension.Length];
        if (FindBuiltIn(name) is not { } original)
        {
            var near = Suggestion.Closest(name, BuiltInTemplates.Value.Keys);
            problems.Add(Problem(
                TemplateCodes.UnknownFile,
                path,
                $"there is no template '{name}' to replace",
                near is null ? "'slipway templates list' names them all" : $"did you mean '{near}{Extension}'?"));
            return;
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, true).GetString(files.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            problems.Add(Problem(TemplateCodes.Unreadable, path, $"the template cannot be read: {exception.Message}", "make it a readable UTF-8 text file, or remove it"));
            return;
        }

        if (Template.Parse(name, path, text.TrimStart('\uFEFF'), problems) is not { } template) return;
        template.CheckAgainst(original, problems);
        overrides[name] = template;
    }

    private static Dictionary<string, Lazy<Template>> LoadBuiltIn()
    {
        var assembly = typeof(TemplateCatalogue).Assembly;
        var templates = new Dictionary<string, Lazy<Template>>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal)) continue;
            var name = resource[Folder.Length..^Extension.Length];
            templates[name] = new Lazy<Template>(() => ParseBuiltIn(assembly, resource, name));
        }

        return templates;
    }

    private static Template ParseBuiltIn(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var problems = new List<Diagnostic>();
        var template = Template.Parse(name, resource, reader.ReadToEnd(), problems);
        template?.CheckAgainst(template, problems);
        return problems.Count == 0 ? template! : throw new InvalidOperationException(string.Join('\n', problems));
    }

    private static Diagnostic Problem(string code, string file, string summary, string fix) => new()
    {
        Code = code,
        Summary = summary,
        Place = new SourcePlace(file),
        Fix = fix,
    };
}
