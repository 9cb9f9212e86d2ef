namespace Slipway.Performance;

/// <summary>Whether a target is reached.</summary>
public enum Verdict
{
    /// <summary>It is.</summary>
    Pass,

    /// <summary>It is not.</summary>
    Miss,

    /// <summary>It was not measured here; the reason is told.</summary>
    NotMeasured,
}
