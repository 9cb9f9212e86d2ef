namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>How a value stands to the threshold of a rule when the rule fires. JSON: <c>gt</c>, <c>lt</c>, <c>gte</c>, <c>lte</c>.</summary>
public enum AlertOperator
{
    /// <summary>It is greater.</summary>
    GreaterThan,

    /// <summary>It is less.</summary>
    LessThan,

    /// <summary>It is greater or the same.</summary>
    AtLeast,

    /// <summary>It is less or the same.</summary>
    AtMost,
}
