using System.Globalization;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Gates;

/// <summary>What can be wrong with a gate or a score.</summary>
internal static class GateProblems
{
    private const int LongestName = 100;

    public static Diagnostic? Name(string what, string? name) => name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl) ? null : new Diagnostic
    {
        Code = "SLW5450",
        Summary = $"The {what} is empty, longer than {LongestName} characters or holds control characters",
        Fix = $"Use 1 to {LongestName} printable characters.",
    };

    public static Diagnostic? Value(string gateId, string what, GateDirection direction, double value) => QualityGate.IsInRange(direction, value) ? null : new Diagnostic
    {
        Code = "SLW5451",
        Summary = string.Create(CultureInfo.InvariantCulture, $"The {what} {value} of gate '{gateId}' is out of range"),
        Detail = direction is GateDirection.AtLeast ? "where higher is better it is 0 to 1" : "where lower is better it is 0 or more, and finite",
        Fix = direction is GateDirection.AtLeast ? "Give a share from 0 to 1, or define the gate as one where lower is better." : "Give a number from 0 on.",
    };

    public static Diagnostic TooMany(string coordinationId, int limit) => new()
    {
        Code = "SLW5452",
        Summary = string.Create(CultureInfo.InvariantCulture, $"The board of '{coordinationId}' holds {limit} gates, and no more fit"),
        Fix = "Reuse gates, clear the board, or raise MaxGates.",
    };
}
