using System.Buffers;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Plans;

/// <summary>
/// Checks steps that an agent wants to put below its own. They may depend on that step, on what it depends on, and on what it added; so the
/// graph stays without cycles whatever is added, and only what is new has to be looked at.
/// </summary>
internal static class AddedSteps
{
    /// <summary>Checks new steps.</summary>
    /// <param name="run">The run as it stands.</param>
    /// <param name="by">The step whose agent adds them.</param>
    /// <param name="steps">The new steps.</param>
    /// <param name="agents">Who can do steps.</param>
    /// <returns>The steps to add, without those that the same step had added before an interruption; or all problems.</returns>
    public static (IReadOnlyList<Step> Steps, IReadOnlyList<Diagnostic> Problems) Check(RunProjection run, Step by, IReadOnlyList<Step> steps, AgentRegistry agents)
    {
        var problems = new List<Diagnostic>();
        var fresh = new List<Step>(steps.Count);
        var ids = steps.Select(step => step.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            var step = Below(steps[i], by, run, ids);
            if (run.Find(step.Id) is not { } known) fresh.Add(step);
            else if (run.AddedBy(step.Id) != by.Id || !IsSame(known, step)) problems.Add(Taken(i, step.Id));
        }

        var outside = new Dictionary<string, Step>(StringComparer.Ordinal);
        for (var i = 0; i < steps.Count; i++)
        {
            foreach (var dependency in steps[i].DependsOn) CheckDependency(i, dependency.StepId);
        }

        outside.TryAdd(by.Id, by with { DependsOn = [] });
        problems.AddRange(PlanValidator.Check(new Plan { Name = "added", Steps = [.. fresh, .. outside.Values] }, agents).Problems);
        return problems.Count == 0 ? (fresh, []) : ([], problems);

        void CheckDependency(int index, string id)
        {
            if (ids.Contains(id) && run.Find(id) is null) return;
            if (run.Find(id) is not { } record) return; // The plan's own check names it.
            var isAllowed = id == by.Id || run.AddedBy(id) == by.Id || by.DependsOn.Any(dependency => dependency.StepId == id);
            outside.TryAdd(id, record.Step with { DependsOn = [] });
            if (!isAllowed) problems.Add(TooFar(index, steps[index].Id, id, by.Id));
        }
    }

    /// <summary>The step as it is added: below the one whose agent adds it, directly unless it is so by way of another new one.</summary>
    private static Step Below(Step step, Step by, RunProjection run, HashSet<string> ids)
    {
        foreach (var dependency in step.DependsOn)
        {
            if (dependency.StepId == by.Id || ids.Contains(dependency.StepId) || run.AddedBy(dependency.StepId) == by.Id) return step;
        }

        return step with { DependsOn = [by.Id, .. step.DependsOn] };
    }

    private static bool IsSame(StepRecord known, Step step) => Bytes(known.AddedAs ?? known.Step).AsSpan().SequenceEqual(Bytes(step));

    private static byte[] Bytes(Step step)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new System.Text.Json.Utf8JsonWriter(buffer, JsonFields.WriterOptions);
        PlanJson.WriteStep(writer, step);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static Diagnostic Taken(int index, string id) => new()
    {
        Code = "SLW5012",
        Summary = $"The step '{id}' cannot be added: there is another of that id",
        Place = new SourcePlace(null, Path: $"steps[{index}].id"),
        Fix = "Give it an id of its own, such as one that begins with the id of the step that adds it.",
    };

    private static Diagnostic TooFar(int index, string id, string dependency, string by) => new()
    {
        Code = "SLW5013",
        Summary = $"The step '{id}' cannot be added: it depends on '{dependency}', which '{by}' neither depends on nor has added",
        Place = new SourcePlace(null, Path: $"steps[{index}].depends_on"),
        Fix = $"Let it depend on '{by}', on what '{by}' depends on, or on other steps that it adds.",
    };
}
