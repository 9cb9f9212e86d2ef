using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Recovery;

namespace Slipway.Coordination.Plans;

/// <summary>One piece of work: who does it, with what input, after what.</summary>
public sealed record Step
{
    /// <summary>The stable id, for people too: 1 to 200 characters without control characters, such as <c>deployments/api-gateway</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the agent that does it.</summary>
    public required string Agent { get; init; }

    /// <summary>What the agent is given; an undefined element means nothing. It must not contain secrets: it is journaled.</summary>
    public JsonElement Input { get; init; }

    /// <summary>What comes before. Default: nothing.</summary>
    public IReadOnlyList<StepDependency> DependsOn { get; init; } = [];

    /// <summary>The resources it modifies, such as <c>aws:vpc/main</c>; two steps on one resource never overlap. Default: none.</summary>
    public IReadOnlyList<string> Modifies { get; init; } = [];

    /// <summary>Default: three retries after 1, 2 and 4 seconds.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>Default: no limits.</summary>
    public StepTimeouts Timeouts { get; init; } = StepTimeouts.None;

    /// <summary>Default: <see cref="Criticality.Normal"/>.</summary>
    public Criticality Criticality { get; init; }

    /// <summary>That a person must agree before the first attempt. Default: null, nobody has to.</summary>
    public ApprovalPolicy? Approval { get; init; }

    /// <summary>What happens when an attempt fails and is not retried, instead of failing. Default: nothing, the failure stands.</summary>
    public RecoveryPolicy Recovery { get; init; } = RecoveryPolicy.None;

    /// <summary>
    /// How to undo what the step did, when the run is rolled back. The agent is given <c>{"step", "input", "output"}</c>, where
    /// <c>input</c> is that of this action or else the step's own. Default: null, there is nothing to undo, or the agent says how while it acts.
    /// </summary>
    public CompensationAction? Compensation { get; init; }

    /// <summary>Default: <see cref="OnInterrupted.Retry"/>.</summary>
    public OnInterrupted OnInterrupted { get; init; }
}
