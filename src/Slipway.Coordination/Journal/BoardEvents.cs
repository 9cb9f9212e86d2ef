using Slipway.Coordination.Gates;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Journal;

/// <summary>Somebody published a signal in the run. It is durable before anybody receives it.</summary>
/// <param name="Signal">The signal with its position.</param>
public sealed record SignalPublished(Signal Signal) : RunEvent
{
    /// <inheritdoc/>
    public override string Type => "signal_published";
}

/// <summary>The state that the run's agents share has a new version. It is durable before anybody sees it.</summary>
/// <param name="Change">What was written.</param>
public sealed record StateChanged(StateChange Change) : RunEvent
{
    /// <inheritdoc/>
    public override string Type => "state_changed";
}

/// <summary>A quality gate of the run has a new score.</summary>
/// <param name="GateId">The gate.</param>
/// <param name="GateType">The type of the gate, where nobody had defined it.</param>
/// <param name="Score">The score.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When.</param>
public sealed record GateUpdated(string GateId, GateType GateType, double Score, string By, DateTimeOffset At) : RunEvent
{
    /// <inheritdoc/>
    public override string Type => "gate_updated";
}
