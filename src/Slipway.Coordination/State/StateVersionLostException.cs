namespace Slipway.Coordination.State;

/// <summary>A watcher cannot be told all changes: it asked for what is no longer kept, or fell behind while losing nothing was its policy.</summary>
/// <param name="version">The version after which changes are missing.</param>
/// <param name="message">What happened.</param>
public sealed class StateVersionLostException(long version, string message) : Exception(message)
{
    /// <summary>The version after which changes are missing.</summary>
    public long Version { get; } = version;
}
