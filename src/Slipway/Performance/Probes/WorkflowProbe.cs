using System.Text.Json;
using Slipway.Coordination.Agents;
using Slipway.Coordination.Contexts;
using Slipway.Coordination.Dependencies;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Routing;
using Slipway.Coordination.Signals;
using Slipway.Coordination.Signals.Payloads;
using Slipway.Coordination.State;

namespace Slipway.Performance.Probes;

/// <summary>A workflow of five agents that use all of the coordination, beside the same run without it.</summary>
internal sealed class WorkflowProbe : IProbe
{
    private const string Operation = "Full workflow / integration overhead";
    private const int Producers = 4;

    public string Group => "workflow";

    public IReadOnlyList<BenchTarget> Targets { get; } =
    [
        new("workflow-full", Operation, "a run of four agents and one that waits for their signals, with contexts, state, routing and metrics", 2, "s"),
        new("integration-overhead", Operation, "that run less the same run of agents that do nothing", 100, "ms"),
    ];

    public async Task MeasureAsync(ProbeRun run)
    {
        var plan = BenchPlans.Levels(Producers, 1);
        await using var metrics = new MetricsCollector();
        var router = RoutingProbe.CreateRouter();
        var whole = await run.EachAsync(run.Scale(300), _ => CoordinateAsync(run, plan, metrics.Timing("step_time_ms"), router));
        run.Times("workflow-full", whole);
        if (!run.Wants("integration-overhead")) return;
        var bare = await run.EachAsync(whole.Length, _ => BenchPlans.RunAsync(
            new InMemoryJournal(run.Time), BenchPlans.IdleAgents(isInline: false), "workflow", plan, cancellationToken: run.CancellationToken));
        Array.Sort(bare);
        run.Times("integration-overhead", [.. whole.Select(value => Math.Max(0, value - bare[bare.Length / 2]))]);
    }

    private static async Task CoordinateAsync(ProbeRun run, Plan plan, MetricHandle timing, SmartRouter router)
    {
        var hub = new SignalHub();
        using var state = new SharedState();
        using var resolver = new DependencyResolver(hub);
        var journal = new InMemoryJournal(run.Time);
        var producers = plan.Steps.Take(Producers).Select(step => step.Id).ToList();
        var contexts = new ContextDistributor();
        var distribution = contexts.Distribute(new ContextRequest
        {
            CoordinationId = "workflow",
            SessionId = "bench",
            Assignments = plan.Steps.ToDictionary(step => step.Id, _ => new AgentAssignment { Objective = "Generate the models" }),
        });
        if (!distribution.IsDistributed) throw new InvalidOperationException(string.Join("; ", distribution.Problems));
        resolver.Declare("workflow", new DependencyTargets { Agents = producers });
        var agents = BenchPlans.Agents(async (context, cancellationToken) =>
        {
            var begun = run.Now;
            if (context.Step.DependsOn.Count > 0)
            {
                var resolution = await resolver.ResolveAsync("workflow", context.StepId, [.. producers.Select(producer => Dependency.OnAgent(producer))], cancellationToken);
                if (!resolution.Success) throw new InvalidOperationException(string.Join("; ", resolution.Problems));
            }

            var package = contexts.Get("workflow", context.StepId) ?? throw new InvalidOperationException($"'{context.StepId}' has no context");
            hub.Publish("workflow", new AgentInitialized { AgentId = package.CoordinationMetadata.AgentId });
            router.Route(RoutingProbe.CreateState(), context.StepId, retryCount: 0);
            state.Set(context.StepId, JsonSerializer.SerializeToElement(context.Attempt));
            hub.Publish("workflow", new AgentCompleted { AgentId = context.StepId });
            timing.Record(run.SecondsSince(begun) * 1e3);
            return StepOutcome.Success;
        });
        await BenchPlans.RunAsync(journal, agents, "workflow", plan, cancellationToken: run.CancellationToken);
    }
}
