namespace Slipway.Coordination.State;

/// <summary>What happens to a watcher that is full because its consumer is slower than the writers.</summary>
public enum StateWatchLag
{
    /// <summary>
    /// What waits is told as one: of each key that differs from what the consumer saw last, the newest value. Steps in between are lost,
    /// the newest value of a key never is. Writers are not held up.
    /// </summary>
    Coalesce,

    /// <summary>The watch fails with a <see cref="StateVersionLostException"/> once what waits was consumed. Writers are not held up.</summary>
    Fail,

    /// <summary>
    /// Asynchronous writers wait until there is room, so nothing is lost. A synchronous write cannot wait: when it finds the watcher full
    /// the watch fails as with <see cref="Fail"/>, so that a loss is never silent.
    /// </summary>
    Wait,
}
