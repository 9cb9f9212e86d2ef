using Slipway.Coordination.Agents;
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
        await using var journal = OpenJournal();
        await new RunEngine(journal, agents).StartAsync(runId, PlanOf(), TestContext.Current.CancellationToken);
    }

    /// <summary>Writes what a process left that then died.</summary>
    public async Task LeaveAsync(string runId, params RunEvent[] events)
    {
        await using var journal = OpenJournal();
        var lease = await journal.TryAcquireAsync(runId, "dead", TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await journal.AppendAsync(lease!, 0, events, TestContext.Current.CancellationToken);
        await journal.ReleaseAsync(lease!, TestContext.Current.CancellationToken);
    }

    public static RunStarted Started(string runId) => new(runId, PlanOf());

    private static Plan PlanOf() => new()
    {
        Name = "up shop",
        Steps = [new Step { Id = "first", Agent = "worker" }, new Step { Id = "second", Agent = "worker", DependsOn = ["first"] }],
    };

    private SqliteJournal OpenJournal()
    {
        Directory.CreateDirectory(cli.PathOf(".slipway"));
        return SqliteJournal.Open(new SqliteStoreOptions { File = cli.PathOf(SqliteStoreOptions.DefaultPath) }, TimeProvider.System);
    }
}
