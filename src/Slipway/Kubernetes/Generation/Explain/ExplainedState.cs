namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>How a value on disk stands to what is generated.</summary>
public enum ExplainedState
{
    /// <summary>The file says what is generated.</summary>
    Generated,

    /// <summary>A person wrote or changed it.</summary>
    Edited,

    /// <summary>A person removed it; the value is what is generated.</summary>
    Removed,

    /// <summary>It was generated once; generating again changes, adds or removes it.</summary>
    Outdated,
}
