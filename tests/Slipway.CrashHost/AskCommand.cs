using Slipway.Coordination.Agents;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;

namespace Slipway.CrashHost;

/// <summary>Runs a step that needs a person's yes, says when it waits for that, and how the run ended.</summary>
internal static class AskCommand
{
    public static async Task<int> RunAsync(string file, string runId, TextWriter output)
    {
        await using var store = SqliteStore.Open(new SqliteStoreOptions { File = file }, TimeProvider.System);
        var agents = new AgentRegistry { { "worker", new DelegateAgent((_, _) => ValueTask.FromResult(StepOutcome.Success)) } };
        var options = new RunOptions { Approvals = store.Approvals, Locks = store.Locks, Owner = LeaseOwner.Current.ToString() };
        var plan = new Plan
        {
            Name = "ask",
            Steps = [new Step { Id = "deploy", Agent = "worker", Approval = new ApprovalPolicy { Question = "Deploy?", Approvers = ["ann"] } }],
        };
        // A run that has paused for want of an answer has certainly asked.
        await new RunEngine(store.Journal, agents, options with { ApprovalWait = ApprovalWait.Pause }).StartAsync(runId, plan);
        await output.WriteLineAsync("asked");
        var result = await new RunEngine(store.Journal, agents, options).ResumeAsync(runId);
        await output.WriteLineAsync(RunNames.Of(result.Status!.Value));
        return result.IsSuccess ? 0 : 1;
    }
}
