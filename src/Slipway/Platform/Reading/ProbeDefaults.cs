namespace Slipway.Platform.Reading;

/// <summary>What a probe has when it does not say otherwise.</summary>
/// <param name="IsOn">True when a workload has the probe without saying so.</param>
/// <param name="Kind">How it asks; null to follow the port's protocol.</param>
/// <param name="Path">The HTTP path.</param>
/// <param name="Port">The port's name; null for the main one.</param>
/// <param name="Command">The command; empty for none.</param>
/// <param name="InitialDelay">Seconds before the first question.</param>
/// <param name="Period">Seconds between questions.</param>
/// <param name="Timeout">Seconds to wait for an answer, or null.</param>
/// <param name="FailureThreshold">Failures in a row that count, or null.</param>
internal sealed record ProbeDefaults(
    bool IsOn,
    ProbeKind? Kind,
    Value<string> Path,
    Value<string>? Port,
    IReadOnlyList<Value<string>> Command,
    Value<int> InitialDelay,
    Value<int> Period,
    Value<int>? Timeout,
    Value<int>? FailureThreshold)
{
    /// <summary>The built-in defaults of a probe.</summary>
    public static ProbeDefaults Of(string origin, int initialDelay, int period, bool isOn) => new(
        isOn,
        null,
        Value.Default("/health", origin),
        null,
        [],
        Value.Default(initialDelay, origin),
        Value.Default(period, origin),
        null,
        null);
}
