using System.Collections.Concurrent;
using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Failures;
using Slipway.Kubernetes.Generation;
using Slipway.Kubernetes.Ownership;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation;
using Slipway.Workspace;

namespace Slipway.Actions;

/// <summary>Who does the steps of the main job: the generation tools by their names, and those that write and verify. Keeps what came of it.</summary>
internal sealed class PlatformAgents
{
    public const string ContextWriter = "context-writer";
    public const string RepositoryPublisher = "repository-publisher";
    public const string Verifier = "verifier";

    private readonly PreparedPlatform _platform;
    private readonly IFileSystem _files;
    private readonly ManifestValidator _validator;
    private readonly ConcurrentQueue<Diagnostic> _problems = new();

    public PlatformAgents(PreparedPlatform platform, IFileSystem files, IProcessRunner processes, TimeProvider time)
    {
        _platform = platform;
        _files = files;
        _validator = new ManifestValidator(files, processes, time);
        Registry.Add(ContextWriter, new DelegateAgent((_, _) => ValueTask.FromResult(WriteContext())));
        Registry.Add(RepositoryPublisher, new DelegateAgent((_, _) => ValueTask.FromResult(Publish())));
        Registry.Add(Verifier, new DelegateAgent(VerifyAsync));
        foreach (var tool in platform.Session?.Items.Select(item => item.Tool).Distinct(StringComparer.Ordinal) ?? [])
        {
            Registry.Add(tool, new DelegateAgent((context, _) => ValueTask.FromResult(Generate(context.StepId))));
        }
    }

    /// <summary>The agents by name.</summary>
    public AgentRegistry Registry { get; } = new();

    /// <summary>What became of the repository; null before it was published.</summary>
    public PublishOutcome? Publication { get; private set; }

    /// <summary>What the verification found; null before it ran.</summary>
    public ValidationReport? Verification { get; private set; }

    /// <summary>What the agents had to say, in the order in which it came up.</summary>
    public IReadOnlyList<Diagnostic> Problems => [.. _problems];

    /// <summary>The files of every item, made when they were not made by this process.</summary>
    public static IReadOnlyList<GeneratedFile> Files(GenerationSession session) =>
        [.. session.Items.SelectMany(item => session.Generate(item.Id).Files).OrderBy(file => file.Path, StringComparer.Ordinal)];

    private StepOutcome WriteContext()
    {
        var problems = new RepositoryPublisher(_files).Apply(_platform.Context!);
        return Ended(problems, "context files");
    }

    private StepOutcome Generate(string itemId)
    {
        var result = _platform.Session!.Generate(itemId);
        return Ended(result.Problems, "files", result.Files.Select(file => file.Path));
    }

    private StepOutcome Publish()
    {
        var files = Files(_platform.Session!);
        Publication = new RepositoryPublisher(_files).Publish(
            _platform.Paths.Manifests,
            [.. files.Select(file => (file.Path, file.Content))],
            PublishMode.Apply,
            _platform.Publishing);
        return Ended(Publication.Problems, "repository");
    }

    private async ValueTask<StepOutcome> VerifyAsync(StepContext context, CancellationToken cancellationToken)
    {
        var version = _platform.Configuration.KubernetesVersion is { } named ? KubernetesVersion.Parse(named.Content) : null;
        var options = new ValidationOptions { KubernetesVersion = version ?? KubernetesVersion.Default };
        Verification = await _validator.ValidateAsync(_platform.Paths.Manifests, options, cancellationToken);
        if (Verification.Succeeded) return StepOutcome.Success;
        var errors = Verification.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        return StepOutcome.Failed(new Failure
        {
            Code = errors[0].Code,
            Kind = FailureKind.Permanent,
            Message = errors.Count == 1 ? "verification found 1 error" : $"verification found {errors.Count} errors",
        });
    }

    private StepOutcome Ended(IReadOnlyList<Diagnostic> problems, string what, IEnumerable<string>? paths = null)
    {
        foreach (var problem in problems) _problems.Enqueue(problem);
        var errors = problems.Where(problem => problem.Severity == Severity.Error).ToList();
        if (errors.Count > 0)
        {
            return StepOutcome.Failed(new Failure
            {
                Code = errors[0].Code,
                Kind = FailureKind.Permanent,
                Message = errors[0].Summary,
                Detail = errors.Count == 1 ? errors[0].ToString() : $"{errors.Count} problems with the {what}",
            });
        }

        return paths is null ? StepOutcome.Success : StepOutcome.Succeeded(JsonSerializer.SerializeToElement(paths));
    }
}
