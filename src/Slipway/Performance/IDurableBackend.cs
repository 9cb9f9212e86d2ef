namespace Slipway.Performance;

/// <summary>Makes places for durable runs.</summary>
public interface IDurableBackend
{
    /// <summary>Makes an empty one.</summary>
    Task<IDurableStore> CreateAsync(CancellationToken cancellationToken);
}
