using Slipway.Coordination.State.Stores;
using Slipway.Testing.State;

namespace Slipway.Coordination.Tests.State.Stores;

public sealed class InMemoryStateStoreTests : StateStoreConformance
{
    protected override ValueTask<IStateStore> CreateAsync() => new(new InMemoryStateStore());
}
