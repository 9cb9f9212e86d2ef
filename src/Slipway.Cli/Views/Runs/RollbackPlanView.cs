using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Rollback;
using Slipway.Documents;

namespace Slipway.Cli.Views.Runs;

/// <summary><c>slipway runs rollback --dry-run</c>: <c>{run, undo[{id, undoes, agent, after[]}], leftAlone[]}</c>.</summary>
/// <param name="run">The run.</param>
/// <param name="plan">What would undo it.</param>
internal sealed class RollbackPlanView(RunProjection run, RollbackPlan plan) : IView
{
    public Node ToDocument() => new MappingNode()
        .Add("run", run.RunId)
        .Add("undo", new SequenceNode(plan.Plan.Steps.Select(Undo)))
        .Add("leftAlone", LeftAlone(plan));

    public void WriteHuman(Terminal terminal)
    {
        var table = new TextTable("UNDO OF", "BY", "AFTER THAT OF");
        foreach (var step in plan.Plan.Steps) table.Add(plan.Undoes[step.Id], step.Agent, string.Join(", ", After(step)));
        table.Write(terminal);
        WriteLeftAlone(terminal, plan);
    }

    public static SequenceNode LeftAlone(RollbackPlan plan) => new(plan.LeftAlone.Select(id => ScalarNode.Of(id)));

    public static void WriteLeftAlone(Terminal terminal, RollbackPlan plan)
    {
        if (plan.LeftAlone.Count > 0) terminal.Line($"\nLeft as they are, because they did not say how to undo them: {string.Join(", ", plan.LeftAlone)}");
    }

    private MappingNode Undo(Step step) => new MappingNode()
        .Add("id", step.Id)
        .Add("undoes", plan.Undoes[step.Id])
        .Add("agent", step.Agent)
        .Add("after", new SequenceNode(step.DependsOn.Select(dependency => ScalarNode.Of(dependency.StepId))));

    private IEnumerable<string> After(Step step) => step.DependsOn.Select(dependency => plan.Undoes[dependency.StepId]).Distinct(StringComparer.Ordinal);
}
