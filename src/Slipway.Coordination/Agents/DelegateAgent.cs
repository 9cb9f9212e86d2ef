namespace Slipway.Coordination.Agents;

/// <summary>An agent made of a function.</summary>
/// <param name="run">Does a step.</param>
/// <param name="isInline">See <see cref="IAgent.IsInline"/>. Default: false.</param>
public sealed class DelegateAgent(Func<StepContext, CancellationToken, ValueTask<StepOutcome>> run, bool isInline = false) : IAgent
{
    /// <inheritdoc/>
    public bool IsInline => isInline;

    /// <inheritdoc/>
    public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken) => run(context, cancellationToken);
}
