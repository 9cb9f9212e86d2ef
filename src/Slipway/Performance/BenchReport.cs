namespace Slipway.Performance;

/// <summary>All that was measured.</summary>
/// <param name="Results">One for each target that was asked for, in the order of the catalogue.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="IsQuick">True when little was measured of each.</param>
public sealed record BenchReport(IReadOnlyList<BenchResult> Results, TimeSpan Duration, bool IsQuick)
{
    /// <summary>How many targets of a source are missed.</summary>
    public int Missed(TargetSource source) => Results.Count(result => result.Verdict is Verdict.Miss && result.Target.Source == source);

    /// <summary>True when no target of the contract is missed and every measurement came to an end; where strict, when no target is missed at all.</summary>
    public bool Succeeds(bool isStrict) => Missed(TargetSource.Contract) == 0
        && (!isStrict || Missed(TargetSource.Goal) == 0)
        && Results.All(result => result.Verdict is not Verdict.Miss || result.Figure is not null);
}
