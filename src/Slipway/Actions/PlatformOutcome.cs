using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Journal;
using Slipway.Kubernetes.Ownership;
using Slipway.Kubernetes.Validation;

namespace Slipway.Actions;

/// <summary>What came of context, generation and verification.</summary>
public sealed record PlatformOutcome
{
    /// <summary>The platform; null when its inputs were wrong.</summary>
    public PreparedPlatform? Platform { get; init; }

    /// <summary>The run; null when it did not begin.</summary>
    public RunProjection? Run { get; init; }

    /// <summary>What became of the context files; null when they were not written.</summary>
    public PublishPlan? Context { get; init; }

    /// <summary>What became of the repository; null when it was not written.</summary>
    public PublishOutcome? Publication { get; init; }

    /// <summary>What happened, or would happen, to the repository's files; null when nothing may, because publishing was refused.</summary>
    public PublishPlan? Repository => Publication is { Status: not PublishStatus.Refused } published ? published.Plan : null;

    /// <summary>What the verification found; null when it did not run.</summary>
    public ValidationReport? Verification { get; init; }

    /// <summary>Everything that was found on the way, without the verification's findings.</summary>
    public required IReadOnlyList<Diagnostic> Problems { get; init; }

    /// <summary>True when another process works in the workspace.</summary>
    public bool IsLocked => Problems.Any(problem => problem.Code is Workspace.WorkspaceCodes.LockHeld or "SLW5112");

    /// <summary>True when a person has to look at conflicts.</summary>
    public bool HasConflicts => Context is { HasConflicts: true } || Publication?.Status == PublishStatus.Conflicts;

    /// <summary>True when writing would change something, or has.</summary>
    public bool IsDrift => Context is { IsDrift: true } || Publication?.Plan is { IsDrift: true };
}
