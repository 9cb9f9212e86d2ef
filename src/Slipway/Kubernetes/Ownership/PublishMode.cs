namespace Slipway.Kubernetes.Ownership;

/// <summary>Whether a repository is written or only looked at.</summary>
public enum PublishMode
{
    /// <summary>It is written.</summary>
    Apply,

    /// <summary><c>--check</c>: nothing is written; differences are drift.</summary>
    Check,

    /// <summary><c>--dry-run</c>: nothing is written; the differences are shown.</summary>
    DryRun,
}
