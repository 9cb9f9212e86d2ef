namespace Slipway.Coordination.Recovery;

/// <summary>What came of looking at one rule for one failure.</summary>
public enum RecoveryVerdict
{
    /// <summary>It is what is done.</summary>
    Chosen,

    /// <summary>An earlier rule was chosen; this one was not looked at.</summary>
    NotReached,

    /// <summary>It fits, but may not be used again for this step.</summary>
    UsedUp,

    /// <summary>It is for other codes.</summary>
    OtherCode,

    /// <summary>It is for other kinds.</summary>
    OtherKind,

    /// <summary>Its pattern is not in the message.</summary>
    OtherMessage,

    /// <summary>Its pattern took longer than 0.5 s.</summary>
    PatternTooSlow,
}
