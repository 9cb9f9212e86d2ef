using Slipway.Coordination.Signals.Stores;
using Slipway.Testing.Signals;

namespace Slipway.Coordination.Tests.Signals.Stores;

/// <summary>The store of one process.</summary>
public sealed class InMemorySignalStoreTests : SignalStoreConformance
{
    /// <inheritdoc/>
    protected override ValueTask<ISignalStore> CreateAsync() => ValueTask.FromResult<ISignalStore>(new InMemorySignalStore());
}
