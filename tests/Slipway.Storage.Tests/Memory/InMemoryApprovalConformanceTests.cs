using Slipway.Coordination.Approvals;
using Slipway.Testing.Approvals;

namespace Slipway.Storage.Tests.Memory;

public sealed class InMemoryApprovalConformanceTests : ApprovalConformance
{
    protected override ValueTask<IApprovalStore> CreateAsync(TimeProvider time) => new(new InMemoryApprovalStore(time));
}
