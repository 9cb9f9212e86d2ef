using Slipway.Documents;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_persistent_volume_claim</c>.</summary>
internal sealed class PersistentVolumeClaimTool() : TemplateTool<(Workload Workload, VolumeNeed.PersistentClaim Claim)>(
    "generate_persistent_volume_claim",
    "persistent-volume-claim",
    "base/storage/persistent-volume-claims.yaml",
    "Makes the PersistentVolumeClaims of the workloads' lasting volumes.")
{
    protected override IEnumerable<(Workload Workload, VolumeNeed.PersistentClaim Claim)> Select(ToolCall call) =>
        from workload in call.Model.Inventory.Workloads
        from claim in workload.Volumes.OfType<VolumeNeed.PersistentClaim>()
        select (workload, claim);

    protected override string NameOf((Workload Workload, VolumeNeed.PersistentClaim Claim) one) => VolumeNodes.ClaimName(one.Workload, one.Claim);

    protected override MappingNode Values((Workload Workload, VolumeNeed.PersistentClaim Claim) one, ToolCall call)
    {
        var values = Begin(ScalarNode.Of(NameOf(one), one.Workload.Source), Labels.Of(one.Workload, call), call)
            .Add("accessMode", call.Node(one.Claim.AccessMode))
            .Add("size", call.Node(one.Claim.Size));
        if (one.Claim.StorageClass is { } storageClass) values.Add("storageClass", call.Node(storageClass));
        return values;
    }
}
