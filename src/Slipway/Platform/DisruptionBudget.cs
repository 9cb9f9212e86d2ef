namespace Slipway.Platform;

/// <summary>A limit on voluntary disruption: a number of pods or a percentage (<c>50%</c>). Exactly one of the two is there.</summary>
/// <param name="MinAvailable">What must stay.</param>
/// <param name="MaxUnavailable">What may go.</param>
public sealed record DisruptionBudget(Value<string>? MinAvailable, Value<string>? MaxUnavailable);
