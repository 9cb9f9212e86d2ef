namespace Slipway.Coordination.State.Stores;

/// <summary>What became of an append.</summary>
public enum StateAppendStatus
{
    /// <summary>The changes are as durable as the store makes them.</summary>
    Appended,

    /// <summary>The state is not at the version before the first change; nothing was appended.</summary>
    Conflict,

    /// <summary>The state was deleted; nothing was appended.</summary>
    Deleted,
}
