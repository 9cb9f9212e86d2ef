using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Hosting;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Workflows;

namespace Slipway.Performance.Probes;

/// <summary>A workflow of five agents in one call, beside the same run of agents without coordination.</summary>
internal sealed class WorkflowProbe : IProbe
{
    private const string Operation = "Full workflow / integration overhead";
    private const string Gate = "unit";
    private const int Producers = 4;

    public string Group => "workflow";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("workflow-full", Operation, "one call for four agents and one that waits for them and for a gate, with contexts, signals, routing and metrics", 2, "s"),
        new("integration-overhead", Operation, "that call less the same run of agents that do nothing", 100, "ms"),
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        var plan = BenchPlans.Levels(Producers, 1);
        await using var metrics = new MetricsCollector();
        var services = new CoordinationBuilder()
            .UseMetrics(metrics)
            .UseWorkflows(new WorkflowCoordinatorOptions { Router = RoutingProbe.CreateRouter() })
            .AddAgent(BenchPlans.Agent, async (context, _) =>
            {
                if (context.StepId == plan.Steps[0].Id) await context.Board.UpdateGateAsync(Gate, 0.9, context.StepId);
                return StepOutcome.Success;
            })
            .Build();
        using var coordinator = services.Workflows!;
        var whole = await run.EachAsync(run.Scale(300), _ => CoordinateAsync(run, coordinator, plan));
        run.Times("workflow-full", whole);
        if (!run.Wants("integration-overhead")) return;
        var bare = await run.EachAsync(whole.Length, _ => BenchPlans.RunAsync(
            new InMemoryJournal(run.Time), BenchPlans.IdleAgents(isInline: false), "workflow", plan, cancellationToken: run.CancellationToken));
        Array.Sort(bare);
        run.Times("integration-overhead", [.. whole.Select(value => Math.Max(0, value - bare[bare.Length / 2]))]);
    }

    private static async Task CoordinateAsync(ProbeRun run, WorkflowCoordinator coordinator, Plan plan)
    {
        var last = plan.Steps[^1];
        var result = await coordinator.CoordinateAsync(
            "workflow",
            plan.Steps.ToDictionary(step => step.Id, step => new AgentAssignment
            {
                AgentRole = BenchPlans.Agent,
                Objective = "Generate the models",
                Dependencies = [.. step.DependsOn.Select(dependency => dependency.StepId)],
            }),
            options: new WorkflowOptions
            {
                QualityGates = [new QualityGate { Id = Gate }],
                Dependencies = new Dictionary<string, IReadOnlyList<Dependency>> { [last.Id] = [Dependency.OnGate(Gate)] },
            },
            cancellationToken: run.CancellationToken);
        run.CancellationToken.ThrowIfCancellationRequested();
        if (!result.IsSuccess || result.DependenciesResolved != Producers + 1) throw new InvalidOperationException($"the workflow did not succeed: {result.Error}");
    }
}
