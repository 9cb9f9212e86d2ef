using Slipway.Documents;
using Slipway.Kubernetes.Schemas;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>What the API demands of an object beyond the types of its fields, by the name of its type.</summary>
internal sealed class TypeRules(KubernetesVersion version, FindingList findings)
{
    private static readonly Dictionary<string, Action<RuleContext>> Rules = new(StringComparer.Ordinal)
    {
        ["meta.v1.ObjectMeta"] = MetadataRules.ObjectMeta,
        ["meta.v1.LabelSelector"] = MetadataRules.Selector,
        ["meta.v1.LabelSelectorRequirement"] = MetadataRules.SelectorRequirement,
        ["core.v1.ConfigMap"] = MetadataRules.ConfigMap,
        ["core.v1.Secret"] = SecretRules.Secret,
        ["core.v1.Pod"] = SpecRules.Pod,
        ["core.v1.PersistentVolumeClaim"] = SpecRules.Needed,
        ["core.v1.PersistentVolume"] = SpecRules.Needed,
        ["core.v1.Service"] = SpecRules.Needed,
        ["apps.v1.DaemonSet"] = SpecRules.Needed,
        ["apps.v1.Deployment"] = SpecRules.Needed,
        ["apps.v1.ReplicaSet"] = SpecRules.Needed,
        ["apps.v1.StatefulSet"] = SpecRules.Needed,
        ["autoscaling.v2.HorizontalPodAutoscaler"] = SpecRules.Needed,
        ["batch.v1.CronJob"] = SpecRules.Needed,
        ["batch.v1.Job"] = SpecRules.Needed,
        ["networking.v1.Ingress"] = SpecRules.Needed,
        ["core.v1.PodSpec"] = PodRules.Pod,
        ["core.v1.Toleration"] = SchedulingRules.Toleration,
        ["core.v1.NodeSelectorRequirement"] = SchedulingRules.NodeRequirement,
        ["core.v1.SeccompProfile"] = PodRules.Profile,
        ["core.v1.AppArmorProfile"] = PodRules.Profile,
        ["core.v1.ExecAction"] = PodRules.Command,
        ["core.v1.ObjectFieldSelector"] = PodRules.FieldReference,
        ["core.v1.ResourceFieldSelector"] = PodRules.ResourceReference,
        ["core.v1.EphemeralContainer"] = PodRules.Ephemeral,
        ["core.v1.VolumeMount"] = VolumeRules.Mount,
        ["core.v1.EmptyDirVolumeSource"] = VolumeRules.EmptyDirectory,
        ["core.v1.SecretVolumeSource"] = VolumeRules.Secret,
        ["core.v1.PersistentVolumeSpec"] = VolumeRules.Persistent,
        ["core.v1.LimitRangeItem"] = QuotaRules.Limits,
        ["core.v1.ResourceQuotaSpec"] = QuotaRules.Quota,
        ["admissionregistration.v1.ValidatingWebhook"] = ExtensionRules.Webhook,
        ["admissionregistration.v1.MutatingWebhook"] = ExtensionRules.Webhook,
        ["admissionregistration.v1.WebhookClientConfig"] = ExtensionRules.WebhookClient,
        ["apiextensions.v1.CustomResourceDefinition"] = ExtensionRules.Definition,
        ["scheduling.v1.PriorityClass"] = SchedulingRules.PriorityClass,
        ["networking.v1.IngressSpec"] = NetworkRules.Ingress,
        ["networking.v1.HTTPIngressRuleValue"] = NetworkRules.IngressPaths,
        ["networking.v1.IngressServiceBackend"] = NetworkRules.ServiceBackend,
        ["apps.v1.RollingUpdateDeployment"] = WorkloadRules.Rolling,
        ["apps.v1.RollingUpdateDaemonSet"] = WorkloadRules.Rolling,
        ["apps.v1.DaemonSetUpdateStrategy"] = WorkloadRules.DaemonStrategy,
        ["apps.v1.StatefulSetUpdateStrategy"] = WorkloadRules.StatefulStrategy,
        ["autoscaling.v2.ResourceMetricSource"] = ScalingRules.ResourceTarget,
        ["autoscaling.v2.ContainerResourceMetricSource"] = ScalingRules.ResourceTarget,
        ["autoscaling.v2.PodsMetricSource"] = ScalingRules.PodsTarget,
        ["autoscaling.v2.ObjectMetricSource"] = ScalingRules.ValueTarget,
        ["autoscaling.v2.ExternalMetricSource"] = ScalingRules.ValueTarget,
        ["autoscaling.v2.HPAScalingRules"] = ScalingRules.Behaviour,
        ["core.v1.Container"] = PodRules.Container,
        ["core.v1.ContainerPort"] = PodRules.ContainerPort,
        ["core.v1.EnvVar"] = PodRules.Variable,
        ["core.v1.Probe"] = PodRules.Probe,
        ["core.v1.LifecycleHandler"] = PodRules.Handler,
        ["core.v1.HTTPGetAction"] = PodRules.ActionPort,
        ["core.v1.TCPSocketAction"] = PodRules.ActionPort,
        ["core.v1.GRPCAction"] = PodRules.ActionPort,
        ["core.v1.Volume"] = VolumeRules.Volume,
        ["core.v1.SecurityContext"] = PodRules.Security,
        ["core.v1.PodSecurityContext"] = PodRules.Security,
        ["core.v1.ResourceRequirements"] = QuotaRules.Resources,
        ["core.v1.ServiceSpec"] = NetworkRules.Service,
        ["core.v1.ServicePort"] = NetworkRules.ServicePort,
        ["networking.v1.ServiceBackendPort"] = NetworkRules.BackendPort,
        ["networking.v1.HTTPIngressPath"] = NetworkRules.IngressPath,
        ["networking.v1.NetworkPolicyPort"] = NetworkRules.PolicyPort,
        ["networking.v1.NetworkPolicyPeer"] = NetworkRules.PolicyPeer,
        ["networking.v1.IPBlock"] = NetworkRules.AddressBlock,
        ["apps.v1.DeploymentSpec"] = WorkloadRules.Deployment,
        ["apps.v1.DeploymentStrategy"] = WorkloadRules.Strategy,
        ["apps.v1.StatefulSetSpec"] = WorkloadRules.Stateful,
        ["apps.v1.DaemonSetSpec"] = WorkloadRules.Deployment,
        ["apps.v1.ReplicaSetSpec"] = WorkloadRules.Deployment,
        ["batch.v1.CronJobSpec"] = WorkloadRules.CronJob,
        ["batch.v1.JobSpec"] = WorkloadRules.Job,
        ["core.v1.PersistentVolumeClaimSpec"] = VolumeRules.Claim,
        ["autoscaling.v2.HorizontalPodAutoscalerSpec"] = ScalingRules.Autoscaler,
        ["autoscaling.v2.MetricSpec"] = ScalingRules.Metric,
        ["autoscaling.v2.MetricTarget"] = ScalingRules.Target,
        ["policy.v1.PodDisruptionBudgetSpec"] = ScalingRules.Budget,
        ["rbac.v1.PolicyRule"] = RoleRules.Rule,
        ["rbac.v1.RoleRef"] = RoleRules.Reference,
        ["rbac.v1.Subject"] = RoleRules.Subject,
        ["eso.v1.ExternalSecretSpec"] = CustomRules.ExternalSecret,
        ["eso.v1.StoreProvider"] = CustomRules.StoreProvider,
        ["argo.v1.ApplicationSpec"] = CustomRules.Application,
        ["kustomize.v1.Patch"] = CustomRules.Patch,
    };

    public void Check(string type, ManifestObject item, MappingNode node, NodePath path)
    {
        var at = new RuleContext(findings, item, node, path, version);
        NumberBounds.Check(type, at);
        TextForms.Check(type, at);
        FieldUnions.Check(type, at);
        if (Rules.TryGetValue(type, out var rule)) rule(at);
    }
}
