namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>The stable names of what a rule chooses from.</summary>
internal static class AlertNames
{
    public static IReadOnlyList<string> Operators { get; } = ["gt", "lt", "gte", "lte"];

    public static IReadOnlyList<string> Severities { get; } = ["CRITICAL", "WARNING", "INFO"];

    public static string Of(AlertOperator value) => Operators[(int)value];

    public static string Of(AlertSeverity value) => Severities[(int)value];
}
