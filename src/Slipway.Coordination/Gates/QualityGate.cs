namespace Slipway.Coordination.Gates;

/// <summary>A demand on a score.</summary>
public sealed record QualityGate
{
    /// <summary>The id, 1 to 100 characters without control characters.</summary>
    public required string Id { get; init; }

    /// <summary>What it judges. Default: <see cref="GateType.Score"/>.</summary>
    public GateType Type { get; init; } = GateType.Score;

    /// <summary>The score that just passes: 0 to 1 for <see cref="GateDirection.AtLeast"/>, 0 or more for <see cref="GateDirection.AtMost"/>. Default: 0.8.</summary>
    public double Threshold { get; init; } = 0.8;

    /// <summary>Which side passes. Default: <see cref="GateDirection.AtLeast"/>.</summary>
    public GateDirection Direction { get; init; }

    /// <summary>
    /// Judges a score. The comparison is exact, without tolerance: <c>score &gt;= threshold</c>, or <c>score &lt;= threshold</c> where
    /// lower is better. So 0.8 passes 0.8 and 0.7999999 does not.
    /// </summary>
    /// <param name="score">The newest score; null when there is none yet.</param>
    /// <param name="threshold">Another threshold than the gate's own; null for its own.</param>
    public GateEvaluation Evaluate(double? score, double? threshold = null)
    {
        var limit = threshold ?? Threshold;
        var status = score is not { } value ? GateStatus.NoScore
            : (Direction is GateDirection.AtLeast ? value >= limit : value <= limit) ? GateStatus.Passed
            : GateStatus.NotPassed;
        return new GateEvaluation { GateId = Id, Type = Type, Direction = Direction, Threshold = limit, Score = score, Status = status };
    }

    /// <summary>True when a score or threshold is one that such a gate can have; never for what is no number.</summary>
    internal static bool IsInRange(GateDirection direction, double value) => value >= 0 && value <= (direction is GateDirection.AtLeast ? 1 : double.MaxValue);
}
