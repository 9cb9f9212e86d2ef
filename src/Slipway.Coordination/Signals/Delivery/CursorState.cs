namespace Slipway.Coordination.Signals.Delivery;

/// <summary>What becomes of a cursor's consumer at its next step.</summary>
internal enum CursorState
{
    /// <summary>It gets the next signal.</summary>
    Open,

    /// <summary>Its subscription, the coordination or the hub is gone: it ends.</summary>
    Closed,

    /// <summary>Its token was cancelled.</summary>
    Cancelled,

    /// <summary>It was too slow.</summary>
    Overflowed,
}
