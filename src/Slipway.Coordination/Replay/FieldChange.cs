namespace Slipway.Coordination.Replay;

/// <summary>A fact of a run that is another after an event than before it, or in one run than in the other.</summary>
/// <param name="StepId">The step it is a fact of; null for one of the run or the plan.</param>
/// <param name="Field">Which fact: a name in snake case such as <c>state</c>, or the JSON path of a value (RFC 9535, <c>$.files[3].name</c>).</param>
/// <param name="Before">As it was, or as it is in the first run; null when there was nothing.</param>
/// <param name="After">As it became, or as it is in the second run; null when there is nothing any more.</param>
public sealed record FieldChange(string? StepId, string Field, string? Before, string? After)
{
    /// <summary>Renders <c>step state: running -> succeeded</c>.</summary>
    public override string ToString() => $"{(StepId is null ? "" : $"{StepId} ")}{Field}: {Before ?? "-"} -> {After ?? "-"}";
}
