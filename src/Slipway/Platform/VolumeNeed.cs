namespace Slipway.Platform;

/// <summary>A volume that a workload mounts. A closed set.</summary>
public abstract record VolumeNeed
{
    private VolumeNeed()
    {
    }

    /// <summary>A DNS label, unique in the workload.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is mounted, an absolute path.</summary>
    public required Value<string> MountPath { get; init; }

    /// <summary>True to mount it read-only. Default: false, but true for config maps and secrets.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Scratch space that goes with the pod.</summary>
    /// <param name="SizeLimit">A quantity, or null for none.</param>
    public sealed record EmptyDir(Value<string>? SizeLimit) : VolumeNeed;

    /// <summary>A config map as files.</summary>
    /// <param name="ConfigMapName">The config map.</param>
    public sealed record ConfigMap(string ConfigMapName) : VolumeNeed;

    /// <summary>A secret as files.</summary>
    /// <param name="SecretName">The secret.</param>
    public sealed record Secret(string SecretName) : VolumeNeed;

    /// <summary>Storage that outlives the pod.</summary>
    /// <param name="Size">A quantity such as <c>10Gi</c>.</param>
    /// <param name="StorageClass">The storage class, or null for the cluster's default.</param>
    /// <param name="AccessMode"><c>ReadWriteOnce</c> by default.</param>
    public sealed record PersistentClaim(Value<string> Size, Value<string>? StorageClass, Value<string> AccessMode) : VolumeNeed;
}
