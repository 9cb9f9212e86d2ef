using Slipway.Coordination.Agents;
using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Runs;

/// <summary>Stands in for an agent that was there when the run began and was removed since.</summary>
internal sealed class MissingAgent : IAgent
{
    /// <summary>The one there is.</summary>
    public static RegisteredAgent Entry { get; } = new AgentRegistry().Register(new AgentDescriptor { Name = "missing" }, new MissingAgent());

    /// <inheritdoc/>
    public bool IsInline => true;

    /// <inheritdoc/>
    public ValueTask<StepOutcome> RunAsync(StepContext context, CancellationToken cancellationToken) => ValueTask.FromResult(StepOutcome.Failed(new Failure
    {
        Code = "SLW5004",
        Kind = FailureKind.Permanent,
        Message = $"the agent '{context.Step.Agent}' was removed while the run went on",
    }));
}
