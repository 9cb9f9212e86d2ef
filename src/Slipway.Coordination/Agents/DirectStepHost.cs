using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Board;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Agents;

/// <summary>What an agent finds that is called outside any run.</summary>
internal sealed class DirectStepHost(string runId, TimeProvider time, IReadOnlyDictionary<string, JsonElement>? outputs) : IStepHost
{
    public string RunId => runId;

    public TimeProvider Time => time;

    public RunBoard Board => throw NoRun();

    public long? LockToken => null;

    public ApprovalDecision? Decision => null;

    public Plan Plan => throw NoRun();

    public int RetriesLeft => 0;

    public JsonElement? FindOutput(string stepId) => outputs is not null && outputs.TryGetValue(stepId, out var output) ? output : null;

    public Task<T> AwaitAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellationToken) => wait(cancellationToken);

    public Task<T> ReadRunAsync<T>(Func<RunProjection, T> read) => throw NoRun();

    public Task<IReadOnlyList<Diagnostic>> AddStepsAsync(IReadOnlyList<Step> steps, bool isBeforeDependents) => throw NoRun();

    public Task<RunResult> RunSubPlanAsync(string name, Plan plan, CancellationToken cancellationToken) => throw NoRun();

    public Task RecordCompensationAsync(CompensationAction action) => throw NoRun();

    public void Heartbeat()
    {
        // Nobody waits for signs of life outside a run.
    }

    public void Report(string? message, double? fraction)
    {
        // See Heartbeat.
    }

    private static InvalidOperationException NoRun() => new("The agent was called outside a run, which alone can do this.");
}
