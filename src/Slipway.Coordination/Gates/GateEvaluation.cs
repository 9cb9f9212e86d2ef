using System.Globalization;

namespace Slipway.Coordination.Gates;

/// <summary>What a quality gate says of its newest score, and why.</summary>
public sealed record GateEvaluation
{
    /// <summary>The gate.</summary>
    public required string GateId { get; init; }

    /// <summary>What it judges.</summary>
    public required GateType Type { get; init; }

    /// <summary>How it stands.</summary>
    public required GateStatus Status { get; init; }

    /// <summary>The score that was judged; null when there is none.</summary>
    public required double? Score { get; init; }

    /// <summary>What it was judged by.</summary>
    public required double Threshold { get; init; }

    /// <summary>Which side of the threshold passes.</summary>
    public required GateDirection Direction { get; init; }

    /// <summary>True when the gate lets through.</summary>
    public bool IsPassed => Status is GateStatus.Passed;

    /// <summary>The reason, for people: <c>coverage 'unit' passed: 0.85 &gt;= 0.8</c>.</summary>
    public override string ToString() => Status switch
    {
        GateStatus.Unknown => $"there is no gate '{GateId}'",
        GateStatus.NoScore => string.Create(CultureInfo.InvariantCulture, $"{Type} '{GateId}' has no score yet; it needs {Sign} {Threshold}"),
        GateStatus.NotPassed => string.Create(CultureInfo.InvariantCulture, $"{Type} '{GateId}' did not pass: {Score} is not {Sign} {Threshold}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Type} '{GateId}' passed: {Score} {Sign} {Threshold}"),
    };

    private string Sign => Direction is GateDirection.AtLeast ? ">=" : "<=";
}
