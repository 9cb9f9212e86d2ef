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
        ["core.v1.ConfigMap"] = MetadataRules.DataKeys,
        ["core.v1.Secret"] = MetadataRules.DataKeys,
        ["core.v1.PodSpec"] = PodRules.Pod,
        ["core.v1.Container"] = PodRules.Container,
        ["core.v1.ContainerPort"] = PodRules.ContainerPort,
        ["core.v1.EnvVar"] = PodRules.Variable,
        ["core.v1.EnvVarSource"] = PodRules.VariableSource,
        ["core.v1.EnvFromSource"] = PodRules.VariablesSource,
        ["core.v1.Probe"] = PodRules.Probe,
        ["core.v1.LifecycleHandler"] = PodRules.Handler,
        ["core.v1.HTTPGetAction"] = PodRules.ActionPort,
        ["core.v1.TCPSocketAction"] = PodRules.ActionPort,
        ["core.v1.GRPCAction"] = PodRules.ActionPort,
        ["core.v1.Volume"] = PodRules.Volume,
        ["core.v1.SecurityContext"] = PodRules.Security,
        ["core.v1.PodSecurityContext"] = PodRules.Security,
        ["core.v1.ResourceRequirements"] = PodRules.Resources,
        ["core.v1.ServiceSpec"] = NetworkRules.Service,
        ["core.v1.ServicePort"] = NetworkRules.ServicePort,
        ["networking.v1.IngressBackend"] = NetworkRules.Backend,
        ["networking.v1.ServiceBackendPort"] = NetworkRules.BackendPort,
        ["networking.v1.HTTPIngressPath"] = NetworkRules.IngressPath,
        ["networking.v1.NetworkPolicyPort"] = NetworkRules.PolicyPort,
        ["networking.v1.NetworkPolicyPeer"] = NetworkRules.PolicyPeer,
        ["networking.v1.IPBlock"] = NetworkRules.AddressBlock,
        ["apps.v1.DeploymentSpec"] = WorkloadRules.Deployment,
        ["apps.v1.DeploymentStrategy"] = WorkloadRules.Strategy,
        ["apps.v1.StatefulSetSpec"] = WorkloadRules.Deployment,
        ["apps.v1.DaemonSetSpec"] = WorkloadRules.Deployment,
        ["apps.v1.ReplicaSetSpec"] = WorkloadRules.Deployment,
        ["batch.v1.CronJobSpec"] = WorkloadRules.CronJob,
        ["batch.v1.JobSpec"] = WorkloadRules.Job,
        ["core.v1.PersistentVolumeClaimSpec"] = WorkloadRules.Claim,
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
        if (Rules.TryGetValue(type, out var rule)) rule(new RuleContext(findings, item, node, path, version));
    }
}
