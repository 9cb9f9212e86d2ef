namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>The bounds that the API server sets to numbers, by type and field.</summary>
internal static class NumberBounds
{
    private const long MaximumId = int.MaxValue;

    private static readonly ILookup<string, (string Field, long Least, long Most)> Bounds = new (string Type, string Field, long Least, long Most)[]
    {
        ("admissionregistration.v1.MutatingWebhook", "timeoutSeconds", 1, 30),
        ("admissionregistration.v1.ValidatingWebhook", "timeoutSeconds", 1, 30),
        ("apps.v1.DaemonSetSpec", "minReadySeconds", 0, long.MaxValue),
        ("apps.v1.DaemonSetSpec", "revisionHistoryLimit", 0, long.MaxValue),
        ("apps.v1.DeploymentSpec", "minReadySeconds", 0, long.MaxValue),
        ("apps.v1.DeploymentSpec", "replicas", 0, long.MaxValue),
        ("apps.v1.DeploymentSpec", "revisionHistoryLimit", 0, long.MaxValue),
        ("apps.v1.ReplicaSetSpec", "minReadySeconds", 0, long.MaxValue),
        ("apps.v1.ReplicaSetSpec", "replicas", 0, long.MaxValue),
        ("apps.v1.RollingUpdateStatefulSetStrategy", "partition", 0, long.MaxValue),
        ("apps.v1.StatefulSetSpec", "minReadySeconds", 0, long.MaxValue),
        ("apps.v1.StatefulSetSpec", "replicas", 0, long.MaxValue),
        ("apps.v1.StatefulSetSpec", "revisionHistoryLimit", 0, long.MaxValue),
        ("autoscaling.v2.HPAScalingPolicy", "periodSeconds", 1, 1800),
        ("autoscaling.v2.HPAScalingPolicy", "value", 1, long.MaxValue),
        ("autoscaling.v2.HPAScalingRules", "stabilizationWindowSeconds", 0, 3600),
        ("autoscaling.v2.HorizontalPodAutoscalerSpec", "maxReplicas", 1, long.MaxValue),
        ("autoscaling.v2.HorizontalPodAutoscalerSpec", "minReplicas", 1, long.MaxValue),
        ("autoscaling.v2.MetricTarget", "averageUtilization", 1, long.MaxValue),
        ("batch.v1.CronJobSpec", "failedJobsHistoryLimit", 0, long.MaxValue),
        ("batch.v1.CronJobSpec", "startingDeadlineSeconds", 0, long.MaxValue),
        ("batch.v1.CronJobSpec", "successfulJobsHistoryLimit", 0, long.MaxValue),
        ("batch.v1.JobSpec", "activeDeadlineSeconds", 0, long.MaxValue),
        ("batch.v1.JobSpec", "backoffLimit", 0, long.MaxValue),
        ("batch.v1.JobSpec", "backoffLimitPerIndex", 0, long.MaxValue),
        ("batch.v1.JobSpec", "completions", 0, long.MaxValue),
        ("batch.v1.JobSpec", "maxFailedIndexes", 0, long.MaxValue),
        ("batch.v1.JobSpec", "parallelism", 0, long.MaxValue),
        ("batch.v1.JobSpec", "ttlSecondsAfterFinished", 0, long.MaxValue),
        ("core.v1.ClientIPConfig", "timeoutSeconds", 1, 86400),
        ("core.v1.ConfigMapVolumeSource", "defaultMode", 0, 511),
        ("core.v1.DownwardAPIVolumeFile", "mode", 0, 511),
        ("core.v1.DownwardAPIVolumeSource", "defaultMode", 0, 511),
        ("core.v1.KeyToPath", "mode", 0, 511),
        ("core.v1.PodSecurityContext", "fsGroup", 0, MaximumId),
        ("core.v1.PodSecurityContext", "runAsGroup", 0, MaximumId),
        ("core.v1.PodSecurityContext", "runAsUser", 0, MaximumId),
        ("core.v1.PodSpec", "activeDeadlineSeconds", 1, int.MaxValue),
        ("core.v1.PodSpec", "terminationGracePeriodSeconds", 0, long.MaxValue),
        ("core.v1.PreferredSchedulingTerm", "weight", 1, 100),
        ("core.v1.Probe", "failureThreshold", 0, long.MaxValue),
        ("core.v1.Probe", "initialDelaySeconds", 0, long.MaxValue),
        ("core.v1.Probe", "periodSeconds", 0, long.MaxValue),
        ("core.v1.Probe", "successThreshold", 0, long.MaxValue),
        ("core.v1.Probe", "terminationGracePeriodSeconds", 1, long.MaxValue),
        ("core.v1.Probe", "timeoutSeconds", 0, long.MaxValue),
        ("core.v1.ProjectedVolumeSource", "defaultMode", 0, 511),
        ("core.v1.ReplicationControllerSpec", "minReadySeconds", 0, long.MaxValue),
        ("core.v1.ReplicationControllerSpec", "replicas", 0, long.MaxValue),
        ("core.v1.SecretVolumeSource", "defaultMode", 0, 511),
        ("core.v1.SecurityContext", "runAsGroup", 0, MaximumId),
        ("core.v1.SecurityContext", "runAsUser", 0, MaximumId),
        ("core.v1.ServiceAccountTokenProjection", "expirationSeconds", 600, 1L << 32),
        ("core.v1.SleepAction", "seconds", 0, long.MaxValue),
        ("core.v1.TopologySpreadConstraint", "maxSkew", 1, long.MaxValue),
        ("core.v1.TopologySpreadConstraint", "minDomains", 1, long.MaxValue),
        ("core.v1.WeightedPodAffinityTerm", "weight", 1, 100),
    }.ToLookup(bound => bound.Type, bound => (bound.Field, bound.Least, bound.Most), StringComparer.Ordinal);

    public static void Check(string type, RuleContext at)
    {
        foreach (var (field, least, most) in Bounds[type])
        {
            at.RequireAtLeast(field, least);
            if (at.Number(field) is { } number) at.Require(number <= most, Codes.OutOfRange, field, $"{number} is too large", most == 511 ? "write at most 0777" : $"write at most {most}");
        }
    }
}
