namespace Slipway.Kubernetes.Ownership;

/// <summary>How a publication ended.</summary>
public enum PublishStatus
{
    /// <summary>All is published, or would be (exit code 0).</summary>
    Done,

    /// <summary><c>--check</c> found that publishing would change something (exit code 2).</summary>
    Drift,

    /// <summary>All is published, or would be, but a person has to look at conflicts (exit code 3).</summary>
    Conflicts,

    /// <summary>Nothing was changed; the problems say why (exit code 1).</summary>
    Refused,
}
