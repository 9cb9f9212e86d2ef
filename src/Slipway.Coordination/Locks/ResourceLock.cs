namespace Slipway.Coordination.Locks;

/// <summary>One locked resource, as people see it.</summary>
/// <param name="Resource">What is locked, such as <c>aws:vpc/main</c>.</param>
/// <param name="RunId">The run that holds it.</param>
/// <param name="StepId">The step that holds it.</param>
/// <param name="Owner">Who runs the step: <c>host/pid</c>.</param>
/// <param name="Reason">Why; null when not said.</param>
/// <param name="FencingToken">The token of the grant it belongs to.</param>
/// <param name="AcquiredAt">Since when.</param>
/// <param name="ExpiresAt">Until when, unless renewed.</param>
public sealed record ResourceLock(
    string Resource, string RunId, string StepId, string Owner, string? Reason, long FencingToken, DateTimeOffset AcquiredAt, DateTimeOffset ExpiresAt);
