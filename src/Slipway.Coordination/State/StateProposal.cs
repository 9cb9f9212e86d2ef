namespace Slipway.Coordination.State;

/// <summary>A change that was computed but not applied, so that it can be recorded first.</summary>
/// <param name="Change">The change; null when it was refused, or when there is nothing to write.</param>
/// <param name="Problem">Why it was refused; null when it was not.</param>
public readonly record struct StateProposal(StateChange? Change, StateProblem? Problem);
