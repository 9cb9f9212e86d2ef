using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Board;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;

namespace Slipway.Coordination.Agents;

/// <summary>What an agent gets for one attempt at a step.</summary>
public sealed class StepContext
{
    private readonly IStepHost _host;

    /// <summary>A context outside any run, to call an agent directly.</summary>
    /// <param name="step">The step.</param>
    /// <param name="time">The clock.</param>
    /// <param name="outputs">Outputs of the steps before it, by id; null for none.</param>
    /// <param name="runId">The run's id. Default: <c>direct</c>.</param>
    /// <param name="attempt">Which attempt. Default: 1.</param>
    public StepContext(Step step, TimeProvider time, IReadOnlyDictionary<string, JsonElement>? outputs = null, string runId = "direct", int attempt = 1)
        : this(new DirectStepHost(runId, time, outputs), step, attempt)
    {
    }

    internal StepContext(IStepHost host, Step step, int attempt)
    {
        _host = host;
        Step = step;
        Attempt = attempt;
    }

    /// <summary>The run's id.</summary>
    public string RunId => _host.RunId;

    /// <summary>The step, with its policies.</summary>
    public Step Step { get; }

    /// <summary>The step's id.</summary>
    public string StepId => Step.Id;

    /// <summary>Which attempt this is, counted from 1 over the whole life of the run.</summary>
    public int Attempt { get; }

    /// <summary><c>run/step/attempt</c>: the same for no two attempts, and the same wherever this attempt shows up.</summary>
    public string IdempotencyKey => $"{RunId}/{StepId}/{Attempt}";

    /// <summary>
    /// The fencing token of the locks on what the step modifies, which grows with every grant: pass it on where the other side can refuse
    /// whoever has lost its lock. Null when the step modifies nothing.
    /// </summary>
    public long? LockToken => _host.LockToken;

    /// <summary>What the agents of the run tell each other and share: signals, state and quality gates.</summary>
    /// <exception cref="InvalidOperationException">The agent was called outside a run.</exception>
    public RunBoard Board => _host.Board;

    /// <summary>What a person decided when the step last asked; null when nobody did.</summary>
    public ApprovalDecision? Decision => _host.Decision;

    /// <summary>The step's input; an undefined element when it has none.</summary>
    public JsonElement Input => Step.Input;

    internal IStepHost Host => _host;

    /// <summary>The clock to use for every wait.</summary>
    public TimeProvider Time => _host.Time;

    /// <summary>The output of a step that this one depends on.</summary>
    /// <param name="stepId">A step named in <see cref="Plans.Step.DependsOn"/>.</param>
    /// <returns>The output, an undefined element when it gave none, or null when that step did not succeed.</returns>
    /// <exception cref="ArgumentException">The step does not depend on that one.</exception>
    public JsonElement? OutputOf(string stepId)
    {
        foreach (var dependency in Step.DependsOn)
        {
            if (dependency.StepId == stepId) return _host.FindOutput(stepId);
        }

        throw new ArgumentException($"The step '{StepId}' does not depend on '{stepId}', so it cannot read its output.", nameof(stepId));
    }

    /// <summary>
    /// Puts steps below this one: they come after it, and are part of the run from now on. Adding the same steps again, as an attempt
    /// does after an interruption, changes nothing. Durable when it returns.
    /// </summary>
    /// <param name="steps">The new steps. They may depend on this step, on what it depends on, and on others that it adds; one that depends on none of these comes right after it.</param>
    /// <param name="isBeforeDependents">True when the steps that depend on this one shall wait for the new ones too, and can read the outputs of the last of them. Default: true.</param>
    /// <returns>All problems; none when the steps were added.</returns>
    /// <exception cref="OperationCanceledException">The attempt is over.</exception>
    /// <exception cref="InvalidOperationException">The agent was called outside a run.</exception>
    public Task<IReadOnlyList<Diagnostic>> AddStepsAsync(IReadOnlyList<Step> steps, bool isBeforeDependents = true)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return _host.AddStepsAsync(steps, isBeforeDependents);
    }

    /// <summary>
    /// Runs a plan below this step as a run of its own, and waits for its end; meanwhile the attempt takes no slot. It is journaled,
    /// listed and resumed like any other: a later attempt that asks for the same name goes on with it, and what had succeeded is not done again.
    /// It pauses when this attempt is stopped, and is cancelled with its run.
    /// </summary>
    /// <param name="name">Tells the sub-runs of one step apart, 1 to 100 characters.</param>
    /// <param name="plan">What to do; where this step holds locks, only what these cover may be modified. Ignored when the sub-run has begun.</param>
    /// <param name="cancellationToken">Pauses the sub-run.</param>
    /// <exception cref="OperationCanceledException">The attempt is over.</exception>
    /// <exception cref="InvalidOperationException">The agent was called outside a run.</exception>
    public Task<RunResult> RunSubPlanAsync(string name, Plan plan, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 100, nameof(name));
        ArgumentNullException.ThrowIfNull(plan);
        return _host.RunSubPlanAsync(name, plan, cancellationToken);
    }

    /// <summary>
    /// Keeps how to undo what this attempt is about to do; a rollback of the run does that, the newest first. Durable when it returns, so
    /// call it before acting.
    /// </summary>
    /// <param name="action">How to undo it; its agent is given exactly the action's input.</param>
    /// <exception cref="OperationCanceledException">The attempt is over: do not act.</exception>
    /// <exception cref="InvalidOperationException">The agent was called outside a run.</exception>
    public Task RecordCompensationAsync(CompensationAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return _host.RecordCompensationAsync(action);
    }

    /// <summary>
    /// Waits for something that comes from outside the run, and takes no slot and no place at its agent meanwhile. Once it has come the attempt
    /// goes on at once, even where that is one more than the limits allow.
    /// </summary>
    /// <typeparam name="T">What comes.</typeparam>
    /// <param name="wait">The wait. Its token ends when the attempt is to stop, and also when the run starts nothing new.</param>
    /// <param name="cancellationToken">Ends the wait too.</param>
    /// <exception cref="OperationCanceledException">The wait was ended. Where <paramref name="cancellationToken"/> is not cancelled, the run drains: end with <see cref="StepOutcome.Suspended"/>.</exception>
    public Task<T> AwaitAsync<T>(Func<CancellationToken, Task<T>> wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wait);
        return _host.AwaitAsync(wait, cancellationToken);
    }

    /// <summary>Tells that the attempt is alive. Cheap; call it as often as you like.</summary>
    public void Heartbeat() => _host.Heartbeat();

    /// <summary>Tells what the attempt is at; a heartbeat too.</summary>
    /// <param name="message">One line for people, without secrets.</param>
    /// <param name="fraction">How much is done, 0 to 1; null when unknown.</param>
    public void Report(string message, double? fraction = null) => _host.Report(message, fraction);
}
