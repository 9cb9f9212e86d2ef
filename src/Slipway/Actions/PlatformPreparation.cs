using System.Security.Cryptography;
using System.Text;
using Slipway.Configuration;
using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Generation;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Kubernetes.Ownership;
using Slipway.Platform;
using Slipway.Platform.Building;
using Slipway.Platform.Reading;
using Slipway.Templates;
using Slipway.Terraform;
using Slipway.Workspace;

namespace Slipway.Actions;

/// <summary>Reads a platform from its sources to the point where only writing is left. Changes nothing on disk.</summary>
/// <param name="files">The disk.</param>
/// <param name="processes">Runs Terraform where outputs come from a folder.</param>
public sealed class PlatformPreparation(IFileSystem files, IProcessRunner processes)
{
    private readonly TextFiles _texts = new(files);

    /// <summary>Prepares what the options ask for. Every problem of every input is reported at once.</summary>
    /// <param name="options">What is asked.</param>
    /// <param name="problems">Receives errors, warnings and hints.</param>
    /// <param name="cancellationToken">Stops Terraform.</param>
    /// <returns>The platform, or null with an error among the problems.</returns>
    public async Task<PreparedPlatform?> PrepareAsync(PlatformOptions options, ICollection<Diagnostic> problems, CancellationToken cancellationToken = default)
    {
        if (ReadConfiguration(options, problems) is not { } configuration) return null;
        var paths = PathsOf(options, configuration);
        if (PathRules.CheckOutput(files, paths.Workspace, options.Out is null ? options.Directory : null) is { } outside)
        {
            problems.Add(outside);
            return null;
        }

        PublishPlan? publication = null;
        ContextSet? context;
        if (options.Phases.HasFlag(PlatformPhases.Context))
        {
            publication = await CollectAsync(options, configuration, paths, problems, cancellationToken);
            if (publication is null || publication.IsRefused) return null;
            var found = new List<Diagnostic>();
            context = ContextReader.Read(Content(publication), found);
            Add(found.Where(problem => !problems.Any(told => told.Code == problem.Code && told.Summary == problem.Summary)), problems);
        }
        else
        {
            context = new ContextReader(files).Read(paths.Context, problems);
            if (context is not null) WarnOfChangedInputs(context, options, configuration, problems);
        }

        if (context is null) return null;
        var model = PlatformBuilder.Build(context.Facts, context.Inventory, configuration, problems);
        var session = options.Phases.HasFlag(PlatformPhases.Generation) ? OpenSession(options, configuration, model, context.Plan, problems) : null;
        if (problems.Any(problem => problem.Severity == Severity.Error) || model is null) return null;
        return new PreparedPlatform
        {
            Options = options,
            Paths = paths,
            Configuration = configuration,
            Context = publication,
            Model = model,
            Session = session,
            InputsHash = HashInputs(publication, paths, options),
        };
    }

    /// <summary>Where the platform's files are, or null when its configuration cannot be read; why, is said by <see cref="PrepareAsync"/>.</summary>
    public PlatformPaths? Locate(PlatformOptions options) =>
        ReadConfiguration(options, []) is { } configuration ? PathsOf(options, configuration) : null;

    /// <summary>The diagnostic of a folder that is no platform's.</summary>
    /// <param name="files">The disk.</param>
    /// <param name="directory">The folder.</param>
    public static Diagnostic NoPlatform(IFileSystem files, string directory) => new()
    {
        Code = "SLW1004",
        Summary = files.DirectoryExists(directory) ? "the folder has no slipway.yaml" : "there is no such folder",
        Place = new SourcePlace(directory),
        Fix = "name a platform's folder, or make a start with 'slipway init'",
    };

    private static PlatformPaths PathsOf(PlatformOptions options, SlipwayConfiguration configuration) =>
        new(options.Directory, options.Out ?? Path.Combine(options.Directory, configuration.Out.Content));

    private SlipwayConfiguration? ReadConfiguration(PlatformOptions options, ICollection<Diagnostic> problems)
    {
        var path = Path.Combine(options.Directory, PlatformPaths.ConfigurationName);
        if (files.FileExists(path))
        {
            return _texts.Read(path, PlatformPaths.ConfigurationName, problems) is { } text
                ? ConfigurationReader.Read(text, PlatformPaths.ConfigurationName, problems)
                : null;
        }

        problems.Add(NoPlatform(files, options.Directory));
        return null;
    }

    private async Task<PublishPlan?> CollectAsync(
        PlatformOptions options, SlipwayConfiguration configuration, PlatformPaths paths, ICollection<Diagnostic> problems, CancellationToken cancellationToken)
    {
        var inventoryName = configuration.Inventory.Content;
        var inventoryText = _texts.Read(Path.Combine(options.Directory, inventoryName), inventoryName, problems);
        var inventory = inventoryText is null ? null : InventoryReader.Read(inventoryText, inventoryName, problems);
        var terraform = new TerraformReader(files, processes);
        var outputs = new List<TerraformOutputs>();
        var sources = SourcesOf(options, configuration);
        foreach (var source in sources)
        {
            if (await terraform.ReadAsync(source, options.Directory, problems, cancellationToken) is { } read) outputs.Add(read);
        }

        if (inventory is null || outputs.Count < sources.Count) return null;
        var facts = ContextCollector.Collect(
            new ContextRequest
            {
                Outputs = outputs,
                Inventory = inventory,
                Mapping = configuration.Mapping,
                Values = configuration.Values,
                AllowUnknown = options.AllowUnknown,
            },
            problems);
        var isHomeless = configuration.GitOps.RepositoryUrl.IsUnknown && !options.AllowUnknown;
        if (isHomeless) problems.Add(NoRepository());
        var found = new List<Diagnostic>();
        var model = facts is null ? null : PlatformBuilder.Build(facts, inventory, configuration, found);
        if (model is null) Add(found, problems);
        if (model is null || isHomeless) return null;

        var inputs = outputs.Select(output => new ContextInput(output.Label, output.Sha256)).Append(new ContextInput(inventoryName, Hash(inventoryText!)));
        var content = ContextRenderer.Render(model, inventory, GenerationPlan.For(model), inputs);
        var plan = new RepositoryPublisher(files).Plan(
            paths.Context,
            [.. ContextFiles.All.Select(file => (file, Encoding.UTF8.GetString(content[file])))],
            new PublishOptions { AdoptsExisting = options.Adopt, Within = paths.Workspace, Records = [(ContextFiles.Sources, content[ContextFiles.Sources])] });
        Add(plan.Problems, problems);
        return plan;
    }

    private IReadOnlyList<TerraformSource> SourcesOf(PlatformOptions options, SlipwayConfiguration configuration) =>
        options.Terraform.Count == 0 ? configuration.Terraform : [.. options.Terraform.Select(path => SourceOf(path, options.Directory))];

    // Named from the platform's folder, so that what is written does not depend on where that folder lies.
    private TerraformSource SourceOf(string path, string directory)
    {
        var name = Path.GetRelativePath(directory, path).Replace('\\', '/');
        return files.DirectoryExists(path) ? new TerraformSource.Directory(name) : new TerraformSource.File(name);
    }

    private static Diagnostic NoRepository() => new()
    {
        Code = ConfigurationCodes.Shape.MissingField,
        Summary = "nothing says from where Argo CD takes the repository",
        Place = new SourcePlace(PlatformPaths.ConfigurationName, Path: "gitops.repository"),
        Fix = "write 'gitops: { repository: https://… }', or pass --allow-unknown to leave it open",
    };

    private static void Add(IEnumerable<Diagnostic> found, ICollection<Diagnostic> problems)
    {
        foreach (var problem in found.ToList()) problems.Add(problem);
    }

    private GenerationSession? OpenSession(
        PlatformOptions options, SlipwayConfiguration configuration, PlatformModel? model, GenerationPlan plan, ICollection<Diagnostic> problems)
    {
        var folder = options.Templates ?? (configuration.Templates is { } named ? Path.Combine(options.Directory, named.Content) : null);
        var templates = folder is null ? TemplateCatalogue.BuiltIn : TemplateCatalogue.Load(files, folder, problems);
        return templates is null || model is null ? null : GenerationSession.Open(model, plan, templates, problems);
    }

    // The context is read as it will be, a person's edits merged in, before any of it is written.
    private static Dictionary<string, byte[]> Content(PublishPlan publication)
    {
        var content = publication.Changes.Where(change => change.NewText is not null)
            .ToDictionary(change => change.Path, change => Encoding.UTF8.GetBytes(change.NewText!), StringComparer.Ordinal);
        foreach (var (path, bytes) in publication.Records) content[path] = bytes;
        return content;
    }

    private void WarnOfChangedInputs(ContextSet context, PlatformOptions options, SlipwayConfiguration configuration, ICollection<Diagnostic> problems)
    {
        var name = configuration.Inventory.Content;
        var recorded = context.Inputs.FirstOrDefault(input => input.Name == name);
        var path = Path.Combine(options.Directory, name);
        if (recorded is null || !files.FileExists(path) || _texts.Read(path, name, problems) is not { } text || Hash(text) == recorded.Sha256) return;
        problems.Add(new Diagnostic
        {
            Code = "SLW1009",
            Severity = Severity.Warning,
            Summary = "the inventory has changed since the context was made",
            Place = new SourcePlace(name),
            Fix = "run 'slipway context', or 'slipway up' for all in one",
        });
    }

    private string HashInputs(PublishPlan? publication, PlatformPaths paths, PlatformOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(files.ReadAllBytes(paths.ConfigurationFile));
        foreach (var file in ContextFiles.All)
        {
            var text = publication?.Changes.FirstOrDefault(change => change.Path == file)?.NewText;
            Add(text is null ? files.ReadAllBytes(Path.Combine(paths.Context, file)) : Encoding.UTF8.GetBytes(text));
        }

        if (options.Templates is { } templates)
        {
            foreach (var file in files.EnumerateFiles(templates)) Add(files.ReadAllBytes(Path.Combine(templates, file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(ReadOnlySpan<byte> content)
        {
            hash.AppendData(BitConverter.GetBytes(content.Length));
            hash.AppendData(content);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
