using System.Text.Json;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Plans;

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

    /// <summary>What a person decided when the step last asked; null when nobody did.</summary>
    public ApprovalDecision? Decision => _host.Decision;

    /// <summary>The step's input; an undefined element when it has none.</summary>
    public JsonElement Input => Step.Input;

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

    /// <summary>Tells that the attempt is alive. Cheap; call it as often as you like.</summary>
    public void Heartbeat() => _host.Heartbeat();

    /// <summary>Tells what the attempt is at; a heartbeat too.</summary>
    /// <param name="message">One line for people, without secrets.</param>
    /// <param name="fraction">How much is done, 0 to 1; null when unknown.</param>
    public void Report(string message, double? fraction = null) => _host.Report(message, fraction);

    private sealed class DirectStepHost(string runId, TimeProvider time, IReadOnlyDictionary<string, JsonElement>? outputs) : IStepHost
    {
        public string RunId => runId;

        public TimeProvider Time => time;

        public long? LockToken => null;

        public ApprovalDecision? Decision => null;

        public JsonElement? FindOutput(string stepId) => outputs is not null && outputs.TryGetValue(stepId, out var output) ? output : null;

        public void Heartbeat()
        {
            // Nobody waits for signs of life outside a run.
        }

        public void Report(string? message, double? fraction)
        {
            // See Heartbeat.
        }
    }
}
