namespace Slipway.Coordination.Signals;

/// <summary>What a coordination's signals did so far.</summary>
public sealed record SignalMetrics
{
    /// <summary>Signals published. Refused ones do not count.</summary>
    public required long TotalSignalsSent { get; init; }

    /// <summary>Signals handed to consumers; one that went to three counts three times.</summary>
    public required long TotalSignalsReceived { get; init; }

    /// <summary>The mean time from publishing to the consumer, in milliseconds. Replayed signals do not count; 0 when none was delivered.</summary>
    public required double AveragePropagationMs { get; init; }

    /// <summary>The longest time from publishing to the consumer, in milliseconds.</summary>
    public required double MaxPropagationMs { get; init; }

    /// <summary>Signals published, by type. After 1,000 different types, further ones are counted in the total only.</summary>
    public required IReadOnlyDictionary<SignalType, long> SignalsByType { get; init; }

    /// <summary>Signals that slow consumers missed.</summary>
    public required long DroppedForConsumers { get; init; }

    /// <summary>Signals that history keeps no more.</summary>
    public required long DroppedFromHistory { get; init; }

    /// <summary>Signals that history keeps.</summary>
    public required int HistorySize { get; init; }

    /// <summary>Subscriptions that are open.</summary>
    public required int Subscriptions { get; init; }

    /// <summary>Requests that wait for their reply.</summary>
    public required int PendingRequests { get; init; }
}
