namespace Slipway.Coordination.State;

/// <summary>What made a version of a state.</summary>
public enum StateOperation
{
    /// <summary>One key was set: <c>set</c>.</summary>
    Set,

    /// <summary>One key was deleted: <c>delete</c>.</summary>
    Delete,

    /// <summary>Several keys were set or deleted at once: <c>update</c>.</summary>
    Update,

    /// <summary>All keys were deleted: <c>clear</c>.</summary>
    Clear,

    /// <summary>An earlier version was brought back: <c>rollback</c>.</summary>
    Rollback,
}
