namespace Slipway.Coordination.Signals.Stores;

/// <summary>A signal as a store keeps it.</summary>
/// <param name="Position">Its place in its coordination, counted from 1 without gaps.</param>
/// <param name="Body">What was appended, byte for byte.</param>
public readonly record struct StoredSignal(long Position, ReadOnlyMemory<byte> Body);
