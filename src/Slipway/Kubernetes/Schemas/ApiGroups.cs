namespace Slipway.Kubernetes.Schemas;

/// <summary>What the first part of an <c>apiVersion</c> says.</summary>
internal static class ApiGroups
{
    /// <summary>Groups of Kubernetes that no known version serves any more.</summary>
    public static IReadOnlySet<string> Former { get; } = new HashSet<string>(StringComparer.Ordinal) { "extensions", "settings.k8s.io", "auditregistration.k8s.io" };

    // What Kubernetes once served, the version that dropped it, and where the kind lives now; null when nothing replaces it.
    private static readonly Dictionary<(string ApiVersion, string Kind), (string Since, string? Now)> Removed = new()
    {
        [("admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration")] = ("1.22", "admissionregistration.k8s.io/v1"),
        [("admissionregistration.k8s.io/v1beta1", "ValidatingWebhookConfiguration")] = ("1.22", "admissionregistration.k8s.io/v1"),
        [("admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicy")] = ("1.34", "admissionregistration.k8s.io/v1"),
        [("admissionregistration.k8s.io/v1beta1", "ValidatingAdmissionPolicyBinding")] = ("1.34", "admissionregistration.k8s.io/v1"),
        [("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition")] = ("1.22", "apiextensions.k8s.io/v1"),
        [("apiregistration.k8s.io/v1beta1", "APIService")] = ("1.22", "apiregistration.k8s.io/v1"),
        [("apps/v1beta1", "Deployment")] = ("1.16", "apps/v1"),
        [("apps/v1beta1", "StatefulSet")] = ("1.16", "apps/v1"),
        [("apps/v1beta2", "DaemonSet")] = ("1.16", "apps/v1"),
        [("apps/v1beta2", "Deployment")] = ("1.16", "apps/v1"),
        [("apps/v1beta2", "ReplicaSet")] = ("1.16", "apps/v1"),
        [("apps/v1beta2", "StatefulSet")] = ("1.16", "apps/v1"),
        [("autoscaling/v2beta1", "HorizontalPodAutoscaler")] = ("1.25", "autoscaling/v2"),
        [("autoscaling/v2beta2", "HorizontalPodAutoscaler")] = ("1.26", "autoscaling/v2"),
        [("batch/v1beta1", "CronJob")] = ("1.25", "batch/v1"),
        [("batch/v2alpha1", "CronJob")] = ("1.21", "batch/v1"),
        [("certificates.k8s.io/v1beta1", "CertificateSigningRequest")] = ("1.22", "certificates.k8s.io/v1"),
        [("coordination.k8s.io/v1beta1", "Lease")] = ("1.22", "coordination.k8s.io/v1"),
        [("discovery.k8s.io/v1beta1", "EndpointSlice")] = ("1.25", "discovery.k8s.io/v1"),
        [("events.k8s.io/v1beta1", "Event")] = ("1.25", "events.k8s.io/v1"),
        [("extensions/v1beta1", "DaemonSet")] = ("1.16", "apps/v1"),
        [("extensions/v1beta1", "Deployment")] = ("1.16", "apps/v1"),
        [("extensions/v1beta1", "Ingress")] = ("1.22", "networking.k8s.io/v1"),
        [("extensions/v1beta1", "NetworkPolicy")] = ("1.16", "networking.k8s.io/v1"),
        [("extensions/v1beta1", "PodSecurityPolicy")] = ("1.16", null),
        [("extensions/v1beta1", "ReplicaSet")] = ("1.16", "apps/v1"),
        [("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema")] = ("1.26", "flowcontrol.apiserver.k8s.io/v1"),
        [("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema")] = ("1.29", "flowcontrol.apiserver.k8s.io/v1"),
        [("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema")] = ("1.32", "flowcontrol.apiserver.k8s.io/v1"),
        [("flowcontrol.apiserver.k8s.io/v1beta3", "PriorityLevelConfiguration")] = ("1.32", "flowcontrol.apiserver.k8s.io/v1"),
        [("networking.k8s.io/v1beta1", "Ingress")] = ("1.22", "networking.k8s.io/v1"),
        [("networking.k8s.io/v1beta1", "IngressClass")] = ("1.22", "networking.k8s.io/v1"),
        [("node.k8s.io/v1beta1", "RuntimeClass")] = ("1.25", "node.k8s.io/v1"),
        [("policy/v1beta1", "PodDisruptionBudget")] = ("1.25", "policy/v1"),
        [("policy/v1beta1", "PodSecurityPolicy")] = ("1.25", null),
        [("rbac.authorization.k8s.io/v1beta1", "ClusterRole")] = ("1.22", "rbac.authorization.k8s.io/v1"),
        [("rbac.authorization.k8s.io/v1beta1", "ClusterRoleBinding")] = ("1.22", "rbac.authorization.k8s.io/v1"),
        [("rbac.authorization.k8s.io/v1beta1", "Role")] = ("1.22", "rbac.authorization.k8s.io/v1"),
        [("rbac.authorization.k8s.io/v1beta1", "RoleBinding")] = ("1.22", "rbac.authorization.k8s.io/v1"),
        [("scheduling.k8s.io/v1beta1", "PriorityClass")] = ("1.22", "scheduling.k8s.io/v1"),
        [("storage.k8s.io/v1beta1", "CSIDriver")] = ("1.22", "storage.k8s.io/v1"),
        [("storage.k8s.io/v1beta1", "CSINode")] = ("1.22", "storage.k8s.io/v1"),
        [("storage.k8s.io/v1beta1", "CSIStorageCapacity")] = ("1.27", "storage.k8s.io/v1"),
        [("storage.k8s.io/v1beta1", "StorageClass")] = ("1.22", "storage.k8s.io/v1"),
        [("storage.k8s.io/v1beta1", "VolumeAttachment")] = ("1.22", "storage.k8s.io/v1"),
    };

    /// <summary>The group of an <c>apiVersion</c>; empty for the core group.</summary>
    public static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }

    /// <summary>Says when a version of a kind was dropped and where the kind lives now.</summary>
    public static (string Since, string? Now)? WhenRemoved(string apiVersion, string kind) =>
        Removed.TryGetValue((apiVersion, kind), out var removal) ? removal : null;
}
