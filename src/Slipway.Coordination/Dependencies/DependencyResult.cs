using Slipway.Coordination.Failures;

namespace Slipway.Coordination.Dependencies;

/// <summary>How the wait of one agent for one dependency stands or ended.</summary>
public sealed record DependencyResult
{
    /// <summary>The coordination.</summary>
    public required string CoordinationId { get; init; }

    /// <summary>Who waits.</summary>
    public required string AgentId { get; init; }

    /// <summary>The dependency.</summary>
    public required string DependencyId { get; init; }

    /// <summary>How it stands.</summary>
    public required DependencyStatus Status { get; init; }

    /// <summary>True when it is there.</summary>
    public bool Success => Status is DependencyStatus.Resolved;

    /// <summary>True while it may still come.</summary>
    public bool IsPending => Status is DependencyStatus.Pending or DependencyStatus.InProgress;

    /// <summary>How long the wait took; zero while it goes on.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many attempts were begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Why it did not come; null when it did or may.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The failure in one sentence; null when there is none.</summary>
    public string? ErrorMessage => Failure?.Message;

    /// <summary>When it came, UTC; null when it did not.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What is known of how it came, such as <c>resolved_by</c> and <c>signal_id</c>, <c>availability</c> or <c>score</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
