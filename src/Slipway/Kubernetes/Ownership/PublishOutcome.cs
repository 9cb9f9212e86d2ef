using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Ownership;

/// <summary>What came of publishing a repository.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Plan">What was, or would be, done; null when it did not come to a plan.</param>
/// <param name="Problems">Errors, conflicts and other things to know.</param>
public sealed record PublishOutcome(PublishStatus Status, PublishPlan? Plan, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>The exit code of a command that does no more than this: 0, 1, 2 or 3.</summary>
    public int ExitCode => Status switch
    {
        PublishStatus.Done => 0,
        PublishStatus.Drift => 2,
        PublishStatus.Conflicts => 3,
        _ => 1,
    };
}
