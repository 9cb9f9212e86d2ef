namespace Slipway.Coordination.Signals.Delivery;

/// <summary>What a log did with a signal.</summary>
internal enum AppendOutcome
{
    /// <summary>It has its position and is on its way.</summary>
    Appended,

    /// <summary>A subscriber must catch up first.</summary>
    Full,

    /// <summary>The coordination is completed.</summary>
    Completed,

    /// <summary>The log was removed; another one may have taken its place.</summary>
    Removed,
}
