using Slipway.Coordination.Plans;

namespace Slipway.Coordination.Runs;

/// <summary>A run that is to be started.</summary>
public sealed record RunRequest
{
    internal static readonly TimeSpan ShortestDeadline = TimeSpan.FromMilliseconds(1);
    internal static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(3653);

    /// <summary>The id of the new run, 1 to 200 characters.</summary>
    public required string RunId { get; init; }

    /// <summary>What to do.</summary>
    public required Plan Plan { get; init; }

    /// <summary>
    /// The run's share of the engine's slots, and of those of agents with limits, while they are scarce, 0 to 100: a run gets slots in
    /// proportion to its priority plus one, so none is left without. Default: 50.
    /// </summary>
    public int Priority { get; init; } = 50;

    /// <summary>How long the run may take, from its start and over all restarts, 1 ms to 10 years; then what is open times out. Default: null, no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    internal static void Validate(RunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(request.RunId, nameof(request));
        ArgumentNullException.ThrowIfNull(request.Plan, nameof(request));
        var problem = request.Priority is < 0 or > 100 ? "Priority must be 0 to 100"
            : request.Deadline < ShortestDeadline || request.Deadline > LongestDeadline ? "Deadline must be 1 ms to 10 years"
            : null;
        if (problem is not null) throw new ArgumentOutOfRangeException(nameof(request), problem);
    }
}
