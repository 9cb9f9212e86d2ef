namespace Slipway.Platform;

/// <summary>How a workload runs.</summary>
public enum WorkloadKind
{
    /// <summary>Long-running, as a Deployment.</summary>
    Deployment,

    /// <summary>Once, to completion, as a Job.</summary>
    Job,

    /// <summary>On a schedule, as a CronJob.</summary>
    CronJob,
}
