using System.Text.Json;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Rollback;

/// <summary>
/// Makes the plan that undoes what a run did: one step for each that began and said how to undo it, in the reverse of the order in which
/// they could act. Steps that modified one resource are undone in the reverse of their starts.
/// </summary>
public sealed record RollbackPlan
{
    private RollbackPlan(Plan plan, IReadOnlyDictionary<string, string> undoes, IReadOnlyList<string> leftAlone)
    {
        Plan = plan;
        Undoes = undoes;
        LeftAlone = leftAlone;
    }

    /// <summary>What undoes it.</summary>
    public Plan Plan { get; }

    /// <summary>For each step of the plan the step that it undoes.</summary>
    public IReadOnlyDictionary<string, string> Undoes { get; }

    /// <summary>Steps that began and did not say how to undo them, in the order of the run's plan.</summary>
    public IReadOnlyList<string> LeftAlone { get; }

    /// <summary>The id of the run that undoes a run.</summary>
    public static string RunIdOf(string runId) => SubRun.IdOf(runId, "rollback", "1");

    /// <summary>Makes the plan for a run as it stands.</summary>
    public static RollbackPlan For(RunProjection run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var chains = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var undoes = new Dictionary<string, string>(StringComparer.Ordinal);
        var steps = new List<Step>();
        var leftAlone = new List<string>();
        foreach (var record in run.Steps)
        {
            if (record.Attempt == 0 || record.State is StepState.Skipped or StepState.Compensated) continue;
            var actions = ActionsOf(record);
            if (actions.Count == 0) leftAlone.Add(record.Step.Id);
            else chains.Add(record.Step.Id, AddChain(record, actions, steps, undoes));
        }

        var order = new UndoOrder(run, chains);
        return new RollbackPlan(
            new Plan { Name = $"roll back {run.Plan.Name}", Steps = [.. steps.Select(order.WithDependencies)], Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["rolls_back"] = run.RunId } },
            undoes,
            leftAlone);
    }

    /// <summary>What undoes a step, newest first: what its agent said while it acted, or else what its plan says.</summary>
    private static List<CompensationAction> ActionsOf(StepRecord record)
    {
        if (record.Compensations.Count > 0) return [.. record.Compensations.Reverse()];
        return record.Step.Compensation is { } planned ? [planned with { Input = Describe(record, planned) }] : [];
    }

    private static List<string> AddChain(StepRecord record, List<CompensationAction> actions, List<Step> steps, Dictionary<string, string> undoes)
    {
        var chain = new List<string>();
        foreach (var action in actions)
        {
            var id = actions.Count == 1 ? $"undo/{record.Step.Id}" : $"undo/{record.Step.Id}/{actions.Count - chain.Count}";
            steps.Add(new Step
            {
                Id = id,
                Agent = action.Agent,
                Input = action.Input,
                DependsOn = chain.Count == 0 ? [] : [chain[^1]],
                Modifies = record.Step.Modifies,
                Retry = action.Retry,
                Timeouts = action.Timeouts,
            });
            chain.Add(id);
            undoes.Add(id, record.Step.Id);
        }

        return chain;
    }

    private static JsonElement Describe(StepRecord record, CompensationAction action) => JsonFields.Make(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("step", record.Step.Id);
        JsonFields.WriteElement(writer, "input", action.Input.ValueKind is JsonValueKind.Undefined ? record.CurrentInput : action.Input);
        JsonFields.WriteElement(writer, "output", record.Output);
        writer.WriteEndObject();
    });
}
