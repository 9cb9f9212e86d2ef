namespace Slipway.Coordination.Gates;

/// <summary>On which side of its threshold a score passes.</summary>
public enum GateDirection
{
    /// <summary>Higher is better: passes when <c>score &gt;= threshold</c>. Both are 0 to 1.</summary>
    AtLeast,

    /// <summary>Lower is better, such as a number of findings: passes when <c>score &lt;= threshold</c>. Both are 0 or more.</summary>
    AtMost,
}
