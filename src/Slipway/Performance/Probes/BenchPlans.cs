using Slipway.Coordination.Agents;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Performance.Probes;

/// <summary>The plans that are measured, and the agents that do nothing in them.</summary>
internal static class BenchPlans
{
    public const string Agent = "nothing";

    /// <summary>Each step after the one before it.</summary>
    public static Plan Chain(int length) => Create(length, step => step == 0 ? [] : [step - 1]);

    /// <summary>One step, then all others side by side.</summary>
    public static Plan FanOut(int size) => Create(size, step => step == 0 ? [] : [0]);

    /// <summary>All side by side, then one step after all of them.</summary>
    public static Plan Join(int size) => Create(size + 1, step => step < size ? [] : Enumerable.Range(0, size));

    /// <summary>Levels of as many steps each as given, each step after all of the level before.</summary>
    public static Plan Levels(params ReadOnlySpan<int> widths)
    {
        var before = new List<int>();
        var after = new List<int[]>();
        foreach (var width in widths)
        {
            var level = Enumerable.Range(after.Count, width).ToList();
            int[] dependencies = [.. before];
            after.AddRange(Enumerable.Repeat(dependencies, width));
            before = level;
        }

        return Create(after.Count, step => after[step]);
    }

    /// <summary>Agents of a plan that do what is given.</summary>
    public static AgentRegistry Agents(Func<StepContext, CancellationToken, ValueTask<StepOutcome>> work, bool isInline = false) =>
        new() { { Agent, new DelegateAgent(work, isInline) } };

    /// <summary>Agents of a plan that do nothing.</summary>
    public static AgentRegistry IdleAgents(bool isInline) => Agents(static (_, _) => new ValueTask<StepOutcome>(StepOutcome.Success), isInline);

    /// <summary>Runs a plan whose steps all succeed.</summary>
    /// <returns>How many steps succeeded.</returns>
    /// <exception cref="InvalidOperationException">The run did not succeed.</exception>
    public static async Task<int> RunAsync(
        IRunJournal journal, AgentRegistry agents, string runId, Plan plan, int parallelism = 10, CancellationToken cancellationToken = default)
    {
        var result = await new RunEngine(journal, agents, new RunOptions { Parallelism = parallelism }).StartAsync(runId, plan, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (!result.IsSuccess) throw new InvalidOperationException($"the run ended as {result.Status}: {string.Join("; ", result.Problems)}");
        return result.Run!.Count(StepState.Succeeded);
    }

    private static Plan Create(int count, Func<int, IEnumerable<int>> after) => new()
    {
        Name = "bench",
        Steps = [.. Enumerable.Range(0, count).Select(step => new Step
        {
            Id = Id(step),
            Agent = Agent,
            DependsOn = [.. after(step).Select(dependency => new StepDependency(Id(dependency)))],
        })],
    };

    private static string Id(int step) => $"step-{step}";
}
