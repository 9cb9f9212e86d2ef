namespace Slipway.Platform;

/// <summary>One service, worker, job or cron job.</summary>
public sealed record Workload
{
    /// <summary>A DNS label (RFC 1123), unique in the inventory.</summary>
    public required string Name { get; init; }

    /// <summary>Where it was declared.</summary>
    public required Provenance Source { get; init; }

    /// <summary>How it runs. Default: a Deployment.</summary>
    public WorkloadKind Kind { get; init; }

    /// <summary>The name of its tier.</summary>
    public required string Tier { get; init; }

    /// <summary>The image to run.</summary>
    public required ImageReference Image { get; init; }

    /// <summary>Its ports, the main one first; empty for workers, jobs and cron jobs.</summary>
    public IReadOnlyList<WorkloadPort> Ports { get; init; } = [];

    /// <summary>How many pods, 0 or more. Default: by tier.</summary>
    public required Value<int> Replicas { get; init; }

    /// <summary>CPU and memory, requested and at most.</summary>
    public required ResourceNeeds Resources { get; init; }

    /// <summary>The name of its service account.</summary>
    public required Value<string> ServiceAccount { get; init; }

    /// <summary>The command that replaces the image's entry point; empty to keep it.</summary>
    public IReadOnlyList<Value<string>> Command { get; init; } = [];

    /// <summary>The arguments; empty to keep the image's.</summary>
    public IReadOnlyList<Value<string>> Arguments { get; init; } = [];

    /// <summary>Environment variables in order of declaration, names unique.</summary>
    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    /// <summary>Config maps taken whole into the environment.</summary>
    public IReadOnlyList<Value<string>> EnvironmentFromConfigMaps { get; init; } = [];

    /// <summary>Secrets taken whole into the environment.</summary>
    public IReadOnlyList<Value<string>> EnvironmentFromSecrets { get; init; } = [];

    /// <summary>When it may receive traffic, or null.</summary>
    public Probe? Readiness { get; init; }

    /// <summary>When it must be restarted, or null.</summary>
    public Probe? Liveness { get; init; }

    /// <summary>When it has started, or null.</summary>
    public Probe? Startup { get; init; }

    /// <summary>Paths that must be writable although the root file system is read-only; each becomes an emptyDir.</summary>
    public IReadOnlyList<Value<string>> WritablePaths { get; init; } = [];

    /// <summary>Further volumes.</summary>
    public IReadOnlyList<VolumeNeed> Volumes { get; init; } = [];

    /// <summary>Scaling by load, or null.</summary>
    public Autoscaling? Autoscaling { get; init; }

    /// <summary>How many pods a voluntary disruption must leave, or null.</summary>
    public DisruptionBudget? DisruptionBudget { get; init; }

    /// <summary>Paths under which it is reached from outside.</summary>
    public IReadOnlyList<IngressRoute> Ingress { get; init; } = [];

    /// <summary>What it must reach.</summary>
    public EgressNeeds Egress { get; init; } = EgressNeeds.None;

    /// <summary>The object storage it uses, or null.</summary>
    public ObjectStorageNeed? ObjectStorage { get; init; }

    /// <summary>Prometheus scraping, or null.</summary>
    public MetricsEndpoint? Metrics { get; init; }

    /// <summary>The schedule of a cron job in cron syntax, or null.</summary>
    public Value<string>? Schedule { get; init; }

    /// <summary>Annotations of its pods in order of declaration, beside those that generation writes itself.</summary>
    public IReadOnlyList<KeyValuePair<string, Value<string>>> Annotations { get; init; } = [];

    /// <summary>Time to stop in seconds, 0 or more, or null for Kubernetes' 30.</summary>
    public Value<int>? TerminationGracePeriodSeconds { get; init; }

    /// <summary>The user id of the process, above 0. Default: 1000.</summary>
    public required Value<int> RunAsUser { get; init; }

    /// <summary>The group that owns volumes, above 0. Default: 1000.</summary>
    public required Value<int> FsGroup { get; init; }
}
