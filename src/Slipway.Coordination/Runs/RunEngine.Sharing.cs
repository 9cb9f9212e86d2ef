using Slipway.Coordination.Agents;
using Slipway.Coordination.Feeds;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

public sealed partial class RunEngine
{
    internal RunOptions Options => _options;

    internal AgentRegistry Agents => _agents;

    internal IRunFeed? Feed => _journal as IRunFeed;

    /// <summary>
    /// Puts a run into the journal for a <see cref="Hosting.RunHost"/> to take up, in this process or another. Until then it stands as paused and
    /// released; whoever wants it done here may resume it. A deadline counts from now.
    /// </summary>
    /// <param name="request">What to do, and how. Whether there are agents of the names only the host can know: it leaves runs that it cannot do to others.</param>
    /// <returns>The run as it stands, or why it was refused: <c>SLW50xx</c> the plan cannot run, <c>SLW5110</c> the run exists, or the journal failed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting of the request is out of its range.</exception>
    public async Task<RunResult> SubmitAsync(RunRequest request)
    {
        RunRequest.Validate(request);
        var runId = request.RunId;
        var check = PlanValidator.Check(request.Plan, agents: null);
        if (check.Graph is null) return new RunResult(null, check.Problems);
        return await HoldingAsync(runId, async (lease, _) =>
        {
            var (known, problem) = await LoadAsync(runId);
            if (problem is not null || known is not null) return Refused(problem ?? RunProblems.RunExists(runId));
            var now = JournalTime.Now(_options.Time);
            var run = BeginRun(request, now);
            var released = new RunPaused("submitted") { IsReleased = true };
            run.Apply(released, now);
            var writer = new RunWriter(_journal, lease, _options);
            writer.Add(run.Started);
            writer.Add(released);
            return await writer.AppendAsync(now) is { } failed ? Refused(failed) : new RunResult(run, []);
        });
    }

    /// <summary>Goes on with a run that waits for an engine, until its end or until the host stops. A run that does not wait, or no longer, is left as it is.</summary>
    internal Task<RunResult> TakeUpAsync(string runId, CancellationToken stopping) => GoOnAsync(runId, new GoingOn { IsTakenUp = true }, stopping);

    private static RunProjection BeginRun(RunRequest request, DateTimeOffset now) =>
        new(new RunStarted(request.RunId, request.Plan) { Priority = request.Priority, DeadlineAt = now + request.Deadline }, now);
}
