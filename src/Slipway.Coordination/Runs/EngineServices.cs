using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;

namespace Slipway.Coordination.Runs;

/// <summary>What all runs of one engine share.</summary>
internal sealed class EngineServices(RunEngine engine, IRunJournal journal, AgentRegistry agents, RunOptions options)
{
    public RunEngine Engine => engine;

    public IRunJournal Journal => journal;

    public AgentRegistry Agents => agents;

    public RunOptions Options => options;

    public ILockStore Locks { get; } = options.Locks ?? new InMemoryLockStore(options.Time);

    public IApprovalStore Approvals { get; } = options.Approvals ?? new InMemoryApprovalStore(options.Time);

    /// <summary>Who stands between the engine and its agents; null for nobody.</summary>
    public IAttemptInterceptor? Interceptor { get; set; }

    /// <summary>The limit on the attempts of all runs together; null for none.</summary>
    public SlotPool? Slots { get; } = options.EngineParallelism is { } limit ? new SlotPool(limit) : null;
}
