namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>When a metric is worth an alert.</summary>
public sealed record AlertRule
{
    /// <summary>What the message says when a rule does not say it.</summary>
    public const string DefaultMessage = "{metric_name} is {actual_value} {unit} ({operator} {threshold})";

    /// <summary>The rule, unique among those of an engine: 1 to 100 characters.</summary>
    public required string RuleId { get; init; }

    /// <summary>The metric it watches: 1 to 100 characters.</summary>
    public required string MetricName { get; init; }

    /// <summary>What values are compared with, in the metric's unit; finite.</summary>
    public required double Threshold { get; init; }

    /// <summary>How a value stands to the threshold when the rule fires.</summary>
    public required AlertOperator Operator { get; init; }

    /// <summary>How urgent it is.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>
    /// The message, 1 to 1,000 characters, with <c>{rule_id}</c>, <c>{metric_name}</c>, <c>{threshold}</c>, <c>{operator}</c>,
    /// <c>{actual_value}</c>, <c>{unit}</c>, <c>{severity}</c>, <c>{timestamp}</c>, <c>{correlation_id}</c>, <c>{agent_id}</c> and
    /// <c>{tags}</c> filled in; <c>{{</c> and <c>}}</c> stand for braces. Default: <see cref="DefaultMessage"/>.
    /// </summary>
    public string MessageTemplate { get; init; } = DefaultMessage;

    /// <summary>Whether a value makes the rule fire.</summary>
    /// <param name="value">A value of the metric.</param>
    public bool IsMet(double value) => Operator switch
    {
        AlertOperator.GreaterThan => value > Threshold,
        AlertOperator.LessThan => value < Threshold,
        AlertOperator.AtLeast => value >= Threshold,
        AlertOperator.AtMost => value <= Threshold,
        _ => throw new InvalidOperationException($"The set of operators is closed, but '{RuleId}' has another."),
    };
}
