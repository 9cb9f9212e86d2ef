namespace Slipway.Coordination.Signals;

/// <summary>What came of a request.</summary>
public enum SignalReplyStatus
{
    /// <summary>It was answered in time.</summary>
    Answered,

    /// <summary>Nobody answered in time.</summary>
    TimedOut,

    /// <summary>The coordination ended before anybody answered.</summary>
    Ended,

    /// <summary>The request was not published; the problems say why.</summary>
    Refused,
}
