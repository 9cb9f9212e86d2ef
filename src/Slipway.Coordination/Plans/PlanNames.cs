using System.Text.Json;

namespace Slipway.Coordination.Plans;

/// <summary>The stable names of a plan's enumerations.</summary>
internal static class PlanNames
{
    public static string Of(Criticality value) => value switch
    {
        Criticality.Normal => "normal",
        Criticality.Critical => "critical",
        Criticality.Optional => "optional",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a criticality."),
    };

    public static Criticality ToCriticality(string? name) => name switch
    {
        "normal" => Criticality.Normal,
        "critical" => Criticality.Critical,
        "optional" => Criticality.Optional,
        _ => throw new JsonException($"'{name}' is no criticality."),
    };

    public static string Of(OnInterrupted value) => value switch
    {
        OnInterrupted.Retry => "retry",
        OnInterrupted.Verify => "verify",
        OnInterrupted.Fail => "fail",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not a way to handle interruption."),
    };

    public static OnInterrupted ToOnInterrupted(string? name) => name switch
    {
        "retry" => OnInterrupted.Retry,
        "verify" => OnInterrupted.Verify,
        "fail" => OnInterrupted.Fail,
        _ => throw new JsonException($"'{name}' is no way to handle interruption."),
    };
}
