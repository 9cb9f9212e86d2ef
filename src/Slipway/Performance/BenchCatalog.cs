using Slipway.Performance.Probes;

namespace Slipway.Performance;

/// <summary>All that is measured, in order.</summary>
internal static class BenchCatalog
{
    public static IReadOnlyList<IProbe> Create(BenchOptions options) =>
    [
        new SignalProbe(),
        new RoutingProbe(),
        new ContextProbe(),
        new DependencyProbe(),
        new StateProbe(),
        new MetricProbe(),
        new WorkflowProbe(),
        new AgentProbe(),
        new SchedulerProbe(),
        new PipelineProbe(),
        new RecoveryProbe(),
        new EngineProbe(),
        new SqliteProbe(options.Sqlite),
        new RestartProbe(options.Restarts),
        new PostgresProbe(options.Postgres),
    ];
}
