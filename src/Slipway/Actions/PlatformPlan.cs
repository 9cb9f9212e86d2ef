using System.Text.Json;
using Slipway.Coordination.Plans;
using Slipway.Kubernetes.Generation;

namespace Slipway.Actions;

/// <summary>
/// The main job as a plan: <c>context/…</c>, one step for each generation item with the item's own edges, <c>repository/publish</c>,
/// <c>verification/ladder</c>. Labels say what was asked, so that a run can be resumed from its journal alone.
/// </summary>
internal static class PlatformPlan
{
    /// <summary>The step that writes the context files.</summary>
    public const string ContextStep = "context/publish";

    /// <summary>The step that writes the repository.</summary>
    public const string RepositoryStep = "repository/publish";

    /// <summary>The step that verifies the repository.</summary>
    public const string VerificationStep = "verification/ladder";

    private const string VerbLabel = "verb";
    private const string OutLabel = "out";
    private const string TerraformLabel = "terraform";
    private const string TemplatesLabel = "templates";
    private const string UnknownLabel = "allow-unknown";
    private const string AdoptLabel = "adopt";
    private const string InputsLabel = "inputs";

    /// <summary>The name of the verb that does these phases.</summary>
    public static string VerbOf(PlatformPhases phases) => phases switch
    {
        PlatformPhases.Context => "context",
        PlatformPhases.Generation => "generate",
        _ => "up",
    };

    /// <summary>Makes the plan.</summary>
    public static Plan Build(PreparedPlatform platform)
    {
        var phases = platform.Options.Phases;
        var steps = new List<Step>();
        if (phases.HasFlag(PlatformPhases.Context)) steps.Add(new Step { Id = ContextStep, Agent = PlatformAgents.ContextWriter });
        if (platform.Session is { } session)
        {
            var first = phases.HasFlag(PlatformPhases.Context) ? ContextStep : null;
            steps.AddRange(session.Items.Select(item => GenerationStep(item, first)));
            steps.Add(new Step
            {
                Id = RepositoryStep,
                Agent = PlatformAgents.RepositoryPublisher,
                DependsOn = [.. session.Items.Select(item => new StepDependency(item.Id))],
                Modifies = [$"directory:{platform.Paths.Manifests}"],
            });
        }

        if (phases.HasFlag(PlatformPhases.Verification))
            steps.Add(new Step { Id = VerificationStep, Agent = PlatformAgents.Verifier, DependsOn = [RepositoryStep], Retry = RetryPolicy.None });
        return new Plan
        {
            Name = $"{VerbOf(phases)} {platform.Model.Facts.Project.Name}",
            Steps = steps,
            Labels = Labels(platform),
        };
    }

    /// <summary>What was asked for in a run, as far as it differs from the defaults.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="directory">The platform's folder.</param>
    /// <returns>The options, or null for a plan that is not of this kind.</returns>
    public static PlatformOptions? ReadOptions(Plan plan, string directory)
    {
        if (!plan.Labels.TryGetValue(VerbLabel, out var verb)) return null;
        PlatformPhases? phases = verb switch
        {
            "context" => PlatformPhases.Context,
            "generate" => PlatformPhases.Generation,
            "up" => PlatformPhases.All,
            _ => null,
        };
        return phases is null ? null : new PlatformOptions
        {
            Directory = directory,
            Out = plan.Labels.GetValueOrDefault(OutLabel),
            Templates = plan.Labels.GetValueOrDefault(TemplatesLabel),
            Terraform = plan.Labels.GetValueOrDefault(TerraformLabel)?.Split('\n') ?? [],
            AllowUnknown = plan.Labels.ContainsKey(UnknownLabel),
            Adopt = plan.Labels.ContainsKey(AdoptLabel),
            Phases = phases.Value,
        };
    }

    /// <summary>True when the platform is still what the run was made from.</summary>
    public static bool HasSameInputs(Plan plan, PreparedPlatform platform) => plan.Labels.GetValueOrDefault(InputsLabel) == platform.InputsHash;

    private static Step GenerationStep(GenerationItem item, string? first)
    {
        var dependencies = item.DependsOn.Select(id => new StepDependency(id)).ToList();
        if (dependencies.Count == 0 && first is not null) dependencies.Add(first);
        return new Step
        {
            Id = item.Id,
            Agent = item.Tool,
            Input = JsonSerializer.SerializeToElement(new SortedDictionary<string, string>(StringComparer.Ordinal) { ["item"] = item.Id, ["level"] = item.Level }),
            DependsOn = dependencies,
            Retry = RetryPolicy.None,
        };
    }

    private static SortedDictionary<string, string> Labels(PreparedPlatform platform)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [VerbLabel] = VerbOf(platform.Options.Phases),
            [InputsLabel] = platform.InputsHash,
        };
        if (platform.Options.Out is { } folder) labels[OutLabel] = folder;
        if (platform.Options.Templates is { } templates) labels[TemplatesLabel] = templates;
        if (platform.Options.Terraform.Count > 0) labels[TerraformLabel] = string.Join('\n', platform.Options.Terraform);
        if (platform.Options.AllowUnknown) labels[UnknownLabel] = "true";
        if (platform.Options.Adopt) labels[AdoptLabel] = "true";
        return labels;
    }
}
