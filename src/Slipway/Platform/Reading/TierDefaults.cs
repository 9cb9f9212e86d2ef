using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>What a workload has when it does not say otherwise: the built-in numbers, overlaid by what its tier declares.</summary>
internal sealed record TierDefaults
{
    /// <summary>Scratch space that nearly every image needs, since the root file system is read-only.</summary>
    public const string TemporaryPath = "/tmp";

    /// <summary>The pods of a Deployment.</summary>
    public required Value<int> Replicas { get; init; }

    /// <summary>CPU and memory.</summary>
    public required ResourceNeeds Resources { get; init; }

    /// <summary>When it may receive traffic.</summary>
    public required ProbeDefaults Readiness { get; init; }

    /// <summary>When it must be restarted.</summary>
    public required ProbeDefaults Liveness { get; init; }

    /// <summary>When it has started; by default there is no such probe.</summary>
    public required ProbeDefaults Startup { get; init; }

    /// <summary>Writable paths beside <see cref="TemporaryPath"/>.</summary>
    public IReadOnlyList<Value<string>> WritablePaths { get; init; } = [];

    /// <summary>True when its workloads have a metrics endpoint without saying so.</summary>
    public bool HasMetrics { get; init; }

    /// <summary>The path of the metrics endpoint.</summary>
    public required Value<string> MetricsPath { get; init; }

    /// <summary>The name of the metrics endpoint's port, or null for the main one.</summary>
    public string? MetricsPort { get; init; }

    /// <summary>Time to stop, or null for Kubernetes' own.</summary>
    public Value<int>? TerminationGracePeriodSeconds { get; init; }

    /// <summary>The user id.</summary>
    public required Value<int> RunAsUser { get; init; }

    /// <summary>The group that owns volumes.</summary>
    public required Value<int> FsGroup { get; init; }

    /// <summary>
    /// The built-in defaults of a tier: 2 pods, 100m/128Mi to 500m/512Mi (frontend: 50m/64Mi to 200m/128Mi), readiness after 5 s every 5 s,
    /// liveness after 30 s every 10 s, user and group 1000.
    /// </summary>
    public static TierDefaults For(string tier)
    {
        var origin = $"tier {tier}";
        var light = tier == "frontend";
        return new TierDefaults
        {
            Replicas = Value.Default(2, origin),
            Resources = new ResourceNeeds(
                Value.Default(light ? "50m" : "100m", origin),
                Value.Default(light ? "64Mi" : "128Mi", origin),
                Value.Default(light ? "200m" : "500m", origin),
                Value.Default(light ? "128Mi" : "512Mi", origin)),
            Readiness = ProbeDefaults.Of("readiness probe", 5, 5, isOn: true),
            Liveness = ProbeDefaults.Of("liveness probe", 30, 10, isOn: true),
            Startup = ProbeDefaults.Of("startup probe", 0, 10, isOn: false),
            MetricsPath = Value.Default("/metrics", "metrics endpoint"),
            RunAsUser = Value.Default(1000, "user id"),
            FsGroup = Value.Default(1000, "group id"),
        };
    }

    /// <summary>These defaults, overlaid by what a tier's <c>defaults</c> say.</summary>
    public TierDefaults Overlay(MappingReader reader)
    {
        var probes = reader.Mapping("probes", InventoryFields.Probes);
        var metrics = MetricsReader.Fields(reader);
        return this with
        {
            Replicas = reader.Integer("replicas", 0, 10_000) ?? Replicas,
            Resources = ResourceReader.Read(reader, Resources),
            Readiness = ProbeReader.ReadDefaults(probes, "readiness", Readiness),
            Liveness = ProbeReader.ReadDefaults(probes, "liveness", Liveness),
            Startup = ProbeReader.ReadDefaults(probes, "startup", Startup),
            WritablePaths = reader.Has("writablePaths") ? reader.Texts("writablePaths", NameRules.AbsolutePath) : WritablePaths,
            HasMetrics = MetricsReader.IsOn(reader) ?? HasMetrics,
            MetricsPath = metrics?.Text("path", NameRules.UrlPath) ?? MetricsPath,
            MetricsPort = metrics?.Text("port", NameRules.PortName)?.Content ?? MetricsPort,
            TerminationGracePeriodSeconds = reader.Integer("terminationGracePeriodSeconds", 0, 86_400) ?? TerminationGracePeriodSeconds,
            RunAsUser = reader.Integer("runAsUser", 1) ?? RunAsUser,
            FsGroup = reader.Integer("fsGroup", 1) ?? FsGroup,
        };
    }
}
