using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Platform;
using Slipway.Platform.Reading;
using Slipway.Terraform;

namespace Slipway.Configuration;

/// <summary>Reads <c>slipway.yaml</c> (<c>docs/schemas/slipway.schema.json</c>). Every problem is reported at once, with line and column.</summary>
public static class ConfigurationReader
{
    private static readonly string[] Places = ["directory", "outputs", "state"];

    private static readonly Dictionary<string, string> ProjectFacts = new(StringComparer.Ordinal)
    {
        ["name"] = "project.name",
        ["environment"] = "project.environment",
        ["region"] = "project.region",
        ["account"] = "project.aws_account_id",
        ["namespace"] = "project.namespace",
    };

    /// <summary>Reads a configuration from text.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file's name for diagnostics and provenance.</param>
    /// <param name="problems">Receives errors and warnings.</param>
    /// <returns>The configuration, or null when there is an error.</returns>
    public static SlipwayConfiguration? Read(string text, string file, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var scope = new ReadScope(file, ProvenanceKind.Configuration, ConfigurationCodes.Shape, found);
        var node = DocumentReader.ReadSingle(text, file, found);
        var configuration = node is not null && scope.Mapping(node, "", ConfigurationFields.Root) is { } root ? ReadRoot(root) : null;
        foreach (var problem in found.OrderBy(problem => problem.Place?.Line ?? 0).ThenBy(problem => problem.Place?.Column ?? 0)) problems.Add(problem);
        return found.Exists(problem => problem.Severity == Severity.Error) ? null : configuration;
    }

    private static SlipwayConfiguration ReadRoot(MappingReader root) => new()
    {
        Terraform = ReadTerraform(root),
        Inventory = root.Text("inventory", NotEmpty) ?? Value.Default("services.yaml", "the inventory's file"),
        Out = root.Text("out", NotEmpty) ?? Value.Default("out", "the workspace"),
        Templates = root.Text("templates", NotEmpty),
        KubernetesVersion = root.Text("kubernetesVersion", MinorVersion),
        Mapping = ReadTexts(root, "mapping"),
        Values = ReadValues(root),
        PlaceholderSecrets = root.Mapping("secrets", ConfigurationFields.Secrets)?.Boolean("placeholders") ?? false,
        GitOps = ReadGitOps(root),
        Environments = EnvironmentDefinitionReader.Read(root),
    };

    private static List<TerraformSource> ReadTerraform(MappingReader root)
    {
        IReadOnlyList<MappingReader> readers = root.Get("terraform") is SequenceNode
            ? root.Mappings("terraform", ConfigurationFields.Terraform)
            : root.Mapping("terraform", ConfigurationFields.Terraform) is { } single ? [single] : [];
        var sources = readers.Select(ReadSource).OfType<TerraformSource>().ToList();
        return sources.Count > 0 ? sources : [new TerraformSource.Directory("terraform")];
    }

    private static TerraformSource? ReadSource(MappingReader reader)
    {
        var directory = reader.Text("directory", NotEmpty);
        var workspace = reader.Text("workspace", NotEmpty);
        var file = reader.Text("outputs", NotEmpty) ?? reader.Text("state", NotEmpty);
        var named = Places.Count(reader.Has);
        if (named != 1)
        {
            var summary = named == 0 ? "a Terraform source names neither a directory, nor a file of outputs, nor a state" : "a Terraform source names more than one place";
            reader.Scope.Report(ConfigurationCodes.SourceChoice, reader.Place, summary, "write exactly one of 'directory:', 'outputs:' and 'state:'; list several sources with '- '");
            return null;
        }

        if (workspace is not null && directory is null)
        {
            reader.Report(ConfigurationCodes.SourceChoice, "workspace", "only a directory has workspaces", "remove 'workspace:'");
            return null;
        }

        return directory is not null ? new TerraformSource.Directory(directory.Content, workspace?.Content)
            : file is not null ? new TerraformSource.File(file.Content)
            : null;
    }

    private static SortedDictionary<string, Value<string>> ReadValues(MappingReader root)
    {
        var values = ReadTexts(root, "values");
        if (root.Mapping("project", ConfigurationFields.Project) is not { } project) return values;
        foreach (var field in ConfigurationFields.Project.Fields)
        {
            if (project.Text(field, field == "namespace" ? NameRules.DnsLabel : NotEmpty) is { } value) values[ProjectFacts[field]] = value;
        }

        return values;
    }

    private static SortedDictionary<string, Value<string>> ReadTexts(MappingReader root, string field)
    {
        var texts = new SortedDictionary<string, Value<string>>(StringComparer.Ordinal);
        foreach (var entry in root.Entries(field))
        {
            if (root.Scope.Text(entry.Value, entry.Path, NotEmpty) is { } text) texts[entry.Key] = text;
        }

        return texts;
    }

    private static GitOpsSettings ReadGitOps(MappingReader root)
    {
        var reader = root.Mapping("gitops", ConfigurationFields.GitOps);
        return new GitOpsSettings(
            reader?.Text("repository", NotEmpty) ?? Value.Unknown<string>("gitops.repository", Provenance.Default("no gitops.repository in slipway.yaml")),
            reader?.Text("revision", NotEmpty) ?? Value.Default("main", "the Git revision"),
            reader?.Text("path", NotEmpty) ?? Value.Default(".", "the repository's folder"));
    }

    private static string? NotEmpty(string text) => string.IsNullOrWhiteSpace(text) ? "is empty" : null;

    private static string? MinorVersion(string text) =>
        text.Split('.') is ["1", var minor] && minor.Length is 1 or 2 && minor.All(char.IsAsciiDigit) ? null : "is no Kubernetes version (such as \"1.34\", in quotes)";
}
