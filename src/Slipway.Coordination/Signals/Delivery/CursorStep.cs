namespace Slipway.Coordination.Signals.Delivery;

/// <summary>What a consumer that asks for the next signal is told.</summary>
internal enum CursorStep
{
    /// <summary>There is one.</summary>
    Taken,

    /// <summary>It will be woken.</summary>
    Waiting,

    /// <summary>There is none now, and it did not want to wait.</summary>
    Nothing,

    /// <summary>There will be none.</summary>
    Ended,
}
