namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>How urgent an alert is. JSON: <c>CRITICAL</c>, <c>WARNING</c>, <c>INFO</c>.</summary>
public enum AlertSeverity
{
    /// <summary>Somebody must act now.</summary>
    Critical,

    /// <summary>Somebody should look.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Info,
}
