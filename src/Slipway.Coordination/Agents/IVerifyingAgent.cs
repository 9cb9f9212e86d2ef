namespace Slipway.Coordination.Agents;

/// <summary>An agent that can tell whether an interrupted attempt had its effect; steps with <c>on_interrupted: verify</c> need one.</summary>
public interface IVerifyingAgent : IAgent
{
    /// <summary>Looks whether the effect of the step is there.</summary>
    /// <param name="context">The step, as the interrupted attempt saw it, under a new attempt number.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <returns>The step's outcome, or null when it did not happen and must run.</returns>
    ValueTask<StepOutcome?> VerifyAsync(StepContext context, CancellationToken cancellationToken);
}
