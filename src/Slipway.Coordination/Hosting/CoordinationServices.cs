using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Workflows;

namespace Slipway.Coordination.Hosting;

/// <summary>An engine with all that it works with. What was opened outside (a store, say) is closed by whoever opened it.</summary>
public sealed class CoordinationServices
{
    internal CoordinationServices(IRunJournal journal, AgentRegistry agents, ILockStore locks, IApprovalStore approvals, RunOptions options, WorkflowCoordinatorOptions? workflows)
    {
        Journal = journal;
        Agents = agents;
        Locks = locks;
        Approvals = approvals;
        Options = options;
        Engine = new RunEngine(journal, agents, options);
        Workflows = workflows is null ? null : new WorkflowCoordinator(Engine, workflows);
    }

    /// <summary>Runs plans.</summary>
    public RunEngine Engine { get; }

    /// <summary>Coordinates workflows; null unless <see cref="CoordinationBuilder.UseWorkflows"/> asked for it.</summary>
    public WorkflowCoordinator? Workflows { get; }

    /// <summary>Where runs are recorded.</summary>
    public IRunJournal Journal { get; }

    /// <summary>Who can do steps. Agents may still come and go.</summary>
    public AgentRegistry Agents { get; }

    /// <summary>Who modifies what.</summary>
    public ILockStore Locks { get; }

    /// <summary>Questions to people.</summary>
    public IApprovalStore Approvals { get; }

    /// <summary>How the engine runs plans, as it was built; its stores are the ones above.</summary>
    public RunOptions Options { get; }
}
