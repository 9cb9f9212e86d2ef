namespace Slipway.Coordination.Signals;

/// <summary>A consumer was slower than its subscription allows (<see cref="SlowConsumerPolicy.Fail"/>). It has seen every signal up to a position, and none after.</summary>
/// <param name="coordinationId">The coordination.</param>
/// <param name="nextPosition">The first position that it has not seen; subscribing from there loses nothing that history still keeps.</param>
/// <param name="capacity">How many signals could wait.</param>
public sealed class SignalOverflowException(string coordinationId, long nextPosition, int capacity)
    : Exception($"More than {capacity} signals of the coordination '{coordinationId}' waited; the consumer has seen those before position {nextPosition}.")
{
    /// <summary>The coordination.</summary>
    public string CoordinationId { get; } = coordinationId;

    /// <summary>The first position that the consumer has not seen.</summary>
    public long NextPosition { get; } = nextPosition;
}
