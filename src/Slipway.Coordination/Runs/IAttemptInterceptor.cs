using Slipway.Coordination.Agents;

namespace Slipway.Coordination.Runs;

/// <summary>Somebody who stands between an engine and its agents.</summary>
internal interface IAttemptInterceptor
{
    /// <summary>Does a step by its agent, with what comes before and after.</summary>
    ValueTask<StepOutcome> RunAsync(RegisteredAgent agent, StepContext context, CancellationToken cancellationToken);
}
