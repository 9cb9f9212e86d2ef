using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Stages;

/// <summary>
/// Makes plans that go stage by stage: every step of a stage waits for all of the stage before. The engine runs them like any other plan;
/// <see cref="StagedRunSummary"/> says afterwards what each stage took.
/// </summary>
public static class StagedPlan
{
    /// <summary>The stages of a code generation: parse, models, validators, tests, quality, package.</summary>
    public static IReadOnlyList<string> CodeGenerationStages { get; } = ["parse", "models", "validators", "tests", "quality", "package"];

    /// <summary>
    /// Makes a plan. A step's id becomes <c>stage/id</c>. What a step depends on already stays: an id of its own stage is meant there, any
    /// other is taken as it is. As many edges are made as one stage has steps times the next.
    /// </summary>
    /// <param name="name">What the plan does, for people.</param>
    /// <param name="stages">The stages in their order.</param>
    /// <param name="options">What steps get that say nothing themselves; null for the defaults.</param>
    /// <exception cref="ArgumentException">A stage's name is empty, used twice or holds a slash.</exception>
    public static Plan Create(string name, IReadOnlyList<Stage> stages, StagedPlanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stages);
        options ??= new StagedPlanOptions();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var steps = new List<Step>();
        IReadOnlyList<StepDependency> before = [];
        foreach (var stage in stages)
        {
            if (string.IsNullOrEmpty(stage.Name) || stage.Name.Contains('/', StringComparison.Ordinal) || !names.Add(stage.Name))
                throw new ArgumentException($"The name '{stage.Name}' of a stage is empty, used twice or holds a slash.", nameof(stages));
            if (stage.Steps.Count == 0) continue;
            var own = stage.Steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
            foreach (var step in stage.Steps) steps.Add(Place(step, stage.Name, own, before, options));
            before = [.. stage.Steps.Select(step => new StepDependency(IdOf(stage.Name, step.Id)))];
        }

        return new Plan { Name = name, Steps = steps };
    }

    /// <summary>The stage of a step's id; null when it names none.</summary>
    internal static string? StageOf(string stepId) => stepId.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? stepId[..slash] : null;

    private static string IdOf(string stage, string step) => $"{stage}/{step}";

    private static Step Place(Step step, string stage, HashSet<string> own, IReadOnlyList<StepDependency> before, StagedPlanOptions options)
    {
        var placed = step with { Id = IdOf(stage, step.Id), DependsOn = Join(step.DependsOn, stage, own, before) };
        if (options.Retry is { } retry && placed.Retry == RetryPolicy.Default) placed = placed with { Retry = retry };
        return options.StepTimeout is { } timeout && placed.Timeouts == StepTimeouts.None ? placed with { Timeouts = new StepTimeouts { Attempt = timeout } } : placed;
    }

    private static IReadOnlyList<StepDependency> Join(IReadOnlyList<StepDependency> given, string stage, HashSet<string> own, IReadOnlyList<StepDependency> before)
    {
        // One list serves all steps of a stage that say nothing themselves.
        if (given.Count == 0) return before;
        List<StepDependency> joined = [.. given.Select(dependency => own.Contains(dependency.StepId) ? dependency with { StepId = IdOf(stage, dependency.StepId) } : dependency)];
        var named = joined.Select(dependency => dependency.StepId).ToHashSet(StringComparer.Ordinal);
        joined.AddRange(before.Where(dependency => !named.Contains(dependency.StepId)));
        return joined;
    }
}
