using Slipway.Coordination.Agents;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>An agent of a scenario, which can say whether what it was cut off from has happened.</summary>
internal sealed class ModelAgent(
    Func<StepContext, CancellationToken, ValueTask<StepOutcome>> run, Func<StepContext, StepOutcome?> verify) : IVerifyingAgent
{
    public bool IsInline => true;

    public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken) => run(context, cancellationToken);

    public ValueTask<StepOutcome?> VerifyAsync(StepContext context, CancellationToken cancellationToken) => new(verify(context));
}
