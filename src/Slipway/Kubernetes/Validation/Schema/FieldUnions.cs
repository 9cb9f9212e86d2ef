namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Fields of which exactly one must be there, by type.</summary>
internal static class FieldUnions
{
    private static readonly Dictionary<string, string[]> Unions = new(StringComparer.Ordinal)
    {
        ["admissionregistration.v1.WebhookClientConfig"] = ["url", "service"],
        ["autoscaling.v2.MetricSpec"] = ["containerResource", "external", "object", "pods", "resource"],
        ["core.v1.DownwardAPIVolumeFile"] = ["fieldRef", "resourceFieldRef"],
        ["core.v1.EnvFromSource"] = ["configMapRef", "secretRef"],
        ["core.v1.EnvVarSource"] = ["configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef"],
        ["core.v1.PersistentVolumeSpec"] =
        [
            "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker", "gcePersistentDisk", "glusterfs", "hostPath", "iscsi",
            "local", "nfs", "photonPersistentDisk", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
        ],
        ["core.v1.VolumeProjection"] = ["clusterTrustBundle", "configMap", "downwardAPI", "podCertificate", "secret", "serviceAccountToken"],
        ["networking.v1.IngressBackend"] = ["service", "resource"],
    };

    public static void Check(string type, RuleContext at)
    {
        if (Unions.TryGetValue(type, out var fields)) at.RequireOne(true, fields);
    }
}
