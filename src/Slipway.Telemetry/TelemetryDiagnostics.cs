using Slipway.Coordination.Diagnostics;

namespace Slipway.Telemetry;

/// <summary>What can go wrong on the way of metrics, in words.</summary>
internal static class TelemetryDiagnostics
{
    public static Diagnostic NoLibrary(IEnumerable<string> tried) => new()
    {
        Code = "SLW5620",
        Summary = "The Kafka library librdkafka is not installed",
        Detail = $"none of {string.Join(", ", tried)} could be loaded",
        Fix = "install it: package librdkafka1 (Debian, Ubuntu), librdkafka (Fedora, Alpine, Homebrew)",
    };

    public static Diagnostic BadSetting(string name, string detail) => new()
    {
        Code = "SLW5621",
        Summary = $"The Kafka setting '{name}' is not usable",
        Detail = detail,
        Fix = "correct it; librdkafka's CONFIGURATION.md lists all settings",
    };

    public static Diagnostic NotDelivered(int failed, int count, string reason) => new()
    {
        Code = "SLW5622",
        Summary = $"Kafka did not take {failed} of {count} messages",
        Detail = reason,
        Fix = "see that the brokers can be reached and that the topic may be written",
    };

    public static Diagnostic NotExported(TimeSpan timeout) => new()
    {
        Code = "SLW5623",
        Severity = Severity.Warning,
        Summary = "The last metrics were not exported to the OpenTelemetry collector",
        Detail = $"it did not take them within {timeout.TotalSeconds} s",
        Fix = "see that the endpoint can be reached and speaks the chosen protocol",
    };
}
