namespace Slipway.Coordination.Gates;

/// <summary>How a quality gate stands. Only <see cref="Passed"/> lets anybody through.</summary>
public enum GateStatus
{
    /// <summary>Nobody has defined or scored such a gate.</summary>
    Unknown,

    /// <summary>The gate is known and waits for its first score.</summary>
    NoScore,

    /// <summary>The newest score is on the wrong side of the threshold.</summary>
    NotPassed,

    /// <summary>The newest score is on the threshold or on its right side.</summary>
    Passed,
}
