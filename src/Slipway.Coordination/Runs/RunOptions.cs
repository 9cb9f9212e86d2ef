using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Locks;
using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Runs;

/// <summary>How an engine runs plans.</summary>
public sealed record RunOptions
{
    /// <summary>How many attempts of one run go on at once, 1 to 10,000. Default: 10.</summary>
    public int Parallelism { get; init; } = 10;

    /// <summary>
    /// How many attempts of all runs of the engine go on at once, 1 to 100,000; they are shared out by the runs' priorities. Default: null, no limit.
    /// </summary>
    public int? EngineParallelism { get; init; }

    /// <summary>Where steps lock what they modify, across runs. Default: null, in memory, for the runs of this engine.</summary>
    public ILockStore? Locks { get; init; }

    /// <summary>Where questions to people are kept. Default: null, in memory, for the runs of this engine.</summary>
    public IApprovalStore? Approvals { get; init; }

    /// <summary>The clock of retries, timeouts, heartbeats and leases. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The seed of the jitter of retries; null to derive it from the run's id, so that a run is repeatable. Default: null.</summary>
    public int? JitterSeed { get; init; }

    /// <summary>How long the right to write the journal lasts without renewal, 1 s to 1 h; it is renewed after a third. Default: 30 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who runs, for people: <c>host/pid</c>. Default: <c>engine</c>.</summary>
    public string Owner { get; init; } = "engine";

    /// <summary>How long an attempt may go on after it was asked to stop, 0 to 1 h; then it is abandoned. Default: 10 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a run does when all that is left waits for people's decisions. Default: it waits.</summary>
    public ApprovalWait ApprovalWait { get; init; }

    /// <summary>How long steps took in earlier runs, by id: among ready steps the one with the longest remaining path goes first. Null, or a missing step, counts as one second.</summary>
    public IReadOnlyDictionary<string, TimeSpan>? Estimates { get; init; }

    /// <summary>Who watches. Default: nobody.</summary>
    public IReadOnlyList<IRunObserver> Observers { get; init; } = [];

    /// <summary>Where it is recorded what runs do and what their agents share (see <see cref="CoordinationMetricNames"/>); null for nowhere. Default: null.</summary>
    public MetricsCollector? Metrics { get; init; }

    /// <summary>Where the engine tells of errors of agents and observers. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal static void Validate(RunOptions options)
    {
        var problems = FindProblems(options);
        if (problems.Count > 0) throw new ArgumentOutOfRangeException(nameof(options), string.Join("; ", problems));
    }

    /// <summary>All that is wrong with options, each as a sentence without a full stop.</summary>
    internal static IReadOnlyList<string> FindProblems(RunOptions options)
    {
        var problems = new List<string>();
        if (options.Parallelism is < 1 or > 10_000) problems.Add("Parallelism must be 1 to 10,000");
        if (options.EngineParallelism is < 1 or > 100_000) problems.Add("EngineParallelism must be 1 to 100,000");
        if (options.LeaseDuration < TimeSpan.FromSeconds(1) || options.LeaseDuration > TimeSpan.FromHours(1)) problems.Add("LeaseDuration must be 1 s to 1 h");
        if (options.StopGrace < TimeSpan.Zero || options.StopGrace > TimeSpan.FromHours(1)) problems.Add("StopGrace must be 0 to 1 h");
        if (string.IsNullOrEmpty(options.Owner)) problems.Add("Owner must name somebody");
        return problems;
    }
}
