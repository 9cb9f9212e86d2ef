namespace Slipway.Coordination.Failures;

/// <summary>What a failure means for what happens next. Only <see cref="Transient"/> and <see cref="Timeout"/> are retried.</summary>
public enum FailureKind
{
    /// <summary>Trying again later may help.</summary>
    Transient,

    /// <summary>Trying again gives the same result.</summary>
    Permanent,

    /// <summary>It took longer than allowed.</summary>
    Timeout,

    /// <summary>Somebody asked it to stop.</summary>
    Cancelled,

    /// <summary>The process that did it ended before the result was known.</summary>
    Interrupted,
}
