using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Storage.Sqlite;

namespace Slipway.Cli.Tests.Commands.Runs;

/// <summary>Runs in the journal of a harness's folder.</summary>
internal sealed class RecordedRuns(CliHarness cli)
{
    /// <summary>Runs a plan of two steps, of which the first may fail.</summary>
    public async Task RunAsync(string runId, bool fails)
    {
        var agents = new AgentRegistry();
        agents.Add("worker", new DelegateAgent((_, _) => ValueTask.FromResult(fails
            ? StepOutcome.Failed(new Failure { Code = "SLW1005", Kind = FailureKind.Permanent, Message = "it broke" })
            : StepOutcome.Success)));
        await using var store = OpenStore();
        await new RunEngine(store.Journal, agents).StartAsync(runId, PlanOf(), TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a plan by the harness's agents.</summary>
    public async Task<RunResult> RunAsync(RunRequest request, RunOptions? options = null)
    {
        await using var store = OpenStore();
        return await new RunEngine(store.Journal, cli.Agents, (options ?? new RunOptions()) with { Approvals = store.Approvals, Locks = store.Locks })
            .StartAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Writes what a process left that then died.</summary>
    public async Task LeaveAsync(string runId, params RunEvent[] events)
    {
        await using var store = OpenStore();
        var journal = store.Journal;
        var lease = await journal.TryAcquireAsync(runId, "dead", TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await journal.AppendAsync(lease!, 0, events, TestContext.Current.CancellationToken);
        await journal.ReleaseAsync(lease!, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a plan whose first step asks a person, until all that is left waits for the answer.</summary>
    /// <returns>The engine, which waits once the run is resumed.</returns>
    public static async Task<RunEngine> AskAsync(SqliteStore store, string runId)
    {
        var agents = new AgentRegistry();
        agents.Add("worker", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)));
        var options = new RunOptions { Approvals = store.Approvals, Locks = store.Locks };
        var plan = PlanOf();
        plan = plan with { Steps = [plan.Steps[0] with { Approval = new ApprovalPolicy { Question = "May it go on?" } }, plan.Steps[1]] };
        await new RunEngine(store.Journal, agents, options with { ApprovalWait = ApprovalWait.Pause }).StartAsync(runId, plan, TestContext.Current.CancellationToken);
        return new RunEngine(store.Journal, agents, options);
    }

    public static RunStarted Started(string runId) => new(runId, PlanOf());

    /// <summary>Opens all that is kept there.</summary>
    public SqliteStore OpenStore()
    {
        Directory.CreateDirectory(cli.PathOf(".slipway"));
        return SqliteStore.Open(new SqliteStoreOptions { File = cli.PathOf(SqliteStoreOptions.DefaultPath) }, TimeProvider.System);
    }

    private static Plan PlanOf() => new()
    {
        Name = "up shop",
        Steps = [new Step { Id = "first", Agent = "worker" }, new Step { Id = "second", Agent = "worker", DependsOn = ["first"] }],
    };
}
