namespace Slipway.Coordination.Dependencies;

/// <summary>How a dependency stands.</summary>
public enum DependencyStatus
{
    /// <summary>Registered, and the wait has not begun.</summary>
    Pending,

    /// <summary>Somebody waits for it.</summary>
    InProgress,

    /// <summary>It is there.</summary>
    Resolved,

    /// <summary>It will not come, or nobody waits for it any longer.</summary>
    Failed,

    /// <summary>It did not come in time.</summary>
    Timeout,
}
