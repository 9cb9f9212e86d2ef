using Slipway.Coordination.Locks;
using Slipway.Testing.Locks;

namespace Slipway.Storage.Tests.Memory;

public sealed class InMemoryLockConformanceTests : LockConformance
{
    protected override ValueTask<ILockStore> CreateAsync(TimeProvider time) => new(new InMemoryLockStore(time));
}
