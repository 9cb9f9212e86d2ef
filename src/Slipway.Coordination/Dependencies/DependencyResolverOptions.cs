using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Dependencies;

/// <summary>How a resolver waits.</summary>
public sealed record DependencyResolverOptions
{
    /// <summary>
    /// How many probes are asked at once, 1 to 10,000. Who waits takes no place, so that any number may wait. Default: 10.
    /// </summary>
    public int MaxConcurrentResolutions { get; init; } = 10;

    /// <summary>
    /// True to wait also for agents, resources and gates that nobody has named: then a misspelt one is found only by its timeout.
    /// Default: false.
    /// </summary>
    public bool AllowUnknownTargets { get; init; }

    /// <summary>True to publish a signal <c>dependency_resolved</c> for each dependency that came. Default: true.</summary>
    public bool PublishResolutions { get; init; } = true;

    /// <summary>How resources are asked that do not tell by themselves, by id. Default: none.</summary>
    public IReadOnlyDictionary<string, IResourceProbe> Probes { get; init; } = new Dictionary<string, IResourceProbe>();

    /// <summary>Kinds of your own. Default: none.</summary>
    public IReadOnlyList<IDependencySource> Sources { get; init; } = [];

    /// <summary>Where the time that each dependency was waited for is recorded; null for nowhere. Default: null.</summary>
    public MetricsCollector? Metrics { get; init; }

    /// <summary>The clock of timeouts, retries and probes. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where failed attempts are told. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal static void Validate(DependencyResolverOptions options)
    {
        if (options.MaxConcurrentResolutions is < 1 or > 10_000)
            throw new ArgumentOutOfRangeException(nameof(options), "MaxConcurrentResolutions must be 1 to 10,000");
        var kinds = options.Sources.Select(source => source.Kind).ToList();
        if (kinds.Exists(kind => !kind.IsWellFormed)) throw new ArgumentException("The kind of a source is no well-formed name", nameof(options));
        kinds.AddRange([DependencyKind.AgentCompletion, DependencyKind.ResourceAvailability, DependencyKind.QualityGate]);
        if (kinds.Distinct().Count() < kinds.Count) throw new ArgumentException("Two sources are of one kind", nameof(options));
    }
}
