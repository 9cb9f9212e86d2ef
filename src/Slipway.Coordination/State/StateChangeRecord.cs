using System.Text.Json;

namespace Slipway.Coordination.State;

/// <summary>What happened to one key: an entry of the history, and what a watcher is told.</summary>
public sealed record StateChangeRecord
{
    /// <summary>When: UTC, to the millisecond.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The version that the change made. The keys of one batch share it.</summary>
    public required long Version { get; init; }

    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>What kind of change it was a part of.</summary>
    public required StateOperation Operation { get; init; }

    /// <summary>The value before; null when the key was not there. A JSON null is a value.</summary>
    public JsonElement? OldValue { get; init; }

    /// <summary>The value after; null when the key was deleted. A JSON null is a value.</summary>
    public JsonElement? NewValue { get; init; }

    /// <summary>Who changed it; null when nobody said, or when several changes were told as one.</summary>
    public string? ChangedBy { get; init; }
}
