using Microsoft.Extensions.Logging;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Hosting;

/// <summary>
/// Writes what happens in runs to a log: the beginning and the end of a run as information, failures and what they block as warnings, retries and
/// recoveries as information, the rest for debugging. Inputs and outputs of steps are not logged.
/// </summary>
/// <param name="logger">The log.</param>
public sealed class RunLogObserver(ILogger logger) : IRunObserver
{
    /// <inheritdoc/>
    public void OnEntry(JournalEntry entry) => OnEntry("", entry);

    /// <inheritdoc/>
    public void OnEntry(string runId, JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Event)
        {
            case RunStarted started:
                logger.LogInformation("Run {RunId} began: {Plan}, {Steps} steps", runId, started.Plan.Name, started.Plan.Steps.Count);
                break;
            case RunFinished finished:
                logger.Log(
                    finished.Status is RunStatus.Failed or RunStatus.RollbackFailed ? LogLevel.Error : LogLevel.Information,
                    "Run {RunId} ended: {Status}", runId, RunNames.Of(finished.Status));
                break;
            case RunPaused paused:
                logger.LogInformation("Run {RunId} paused: {Reason}", runId, paused.Reason);
                break;
            case RunResumed resumed:
                logger.LogInformation("Run {RunId} is resumed by {Owner}", runId, resumed.Owner);
                break;
            case StepFailed failed:
                logger.LogWarning("Run {RunId}: step {StepId} failed at attempt {Attempt}: {Code} {Message}", runId, failed.StepId, failed.Attempt, failed.Failure.Code, failed.Failure.Message);
                break;
            case StepBlocked blocked:
                logger.LogWarning("Run {RunId}: step {StepId} is blocked by {By}", runId, blocked.StepId, blocked.By);
                break;
            case StepRetrying retrying:
                logger.LogInformation("Run {RunId}: step {StepId} is tried again in {Delay}: {Code} {Message}", runId, retrying.StepId, retrying.Delay, retrying.Failure.Code, retrying.Failure.Message);
                break;
            case StepRecovering recovering:
                logger.LogInformation("Run {RunId}: step {StepId} recovers by {Strategy}, rule {Rule}", runId, recovering.StepId, recovering.Strategy, recovering.Rule);
                break;
            case StepEvent step:
                logger.LogDebug("Run {RunId}: step {StepId}: {Event}", runId, step.StepId, step.Type);
                break;
            default:
                logger.LogDebug("Run {RunId}: {Event}", runId, entry.Event.Type);
                break;
        }
    }
}
