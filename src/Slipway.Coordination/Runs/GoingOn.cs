namespace Slipway.Coordination.Runs;

/// <summary>How an engine goes on with a run.</summary>
internal readonly record struct GoingOn
{
    /// <summary>Why it is ended for good; null when it is not.</summary>
    public string? CancelReason { get; init; }

    /// <summary>How long it may take from now; null when its deadline stays as it is.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>True when a host does, of itself: only with a run that waits for one, and only until the host stops.</summary>
    public bool IsTakenUp { get; init; }

    /// <summary>True when somebody asked for it who hears of a deadline that has passed; a host lets the run time out.</summary>
    public bool IsByPerson => CancelReason is null && !IsTakenUp;
}
