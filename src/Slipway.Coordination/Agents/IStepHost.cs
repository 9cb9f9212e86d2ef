using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Board;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Agents;

/// <summary>What an attempt needs from whoever runs it.</summary>
internal interface IStepHost
{
    string RunId { get; }

    TimeProvider Time { get; }

    RunBoard Board { get; }

    long? LockToken { get; }

    ApprovalDecision? Decision { get; }

    /// <summary>The plan that the run began with.</summary>
    Plan Plan { get; }

    /// <summary>How often the step may still be tried again after this attempt.</summary>
    int RetriesLeft { get; }

    JsonElement? FindOutput(string stepId);

    Task<T> AwaitAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellationToken);

    /// <summary>Looks at the run between its turns.</summary>
    Task<T> ReadRunAsync<T>(Func<RunProjection, T> read);

    Task<IReadOnlyList<Diagnostic>> AddStepsAsync(IReadOnlyList<Step> steps, bool isBeforeDependents);

    Task<RunResult> RunSubPlanAsync(string name, Plan plan, CancellationToken cancellationToken);

    Task RecordCompensationAsync(CompensationAction action);

    void Heartbeat();

    void Report(string? message, double? fraction);
}
