namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>The codes of <c>slipway explain</c>.</summary>
internal static class ExplainCodes
{
    /// <summary>No item makes the file.</summary>
    public const string UnknownFile = "SLW2061";

    /// <summary>The file has nothing at the path or line.</summary>
    public const string UnknownPath = "SLW2062";

    /// <summary>The file is not YAML, so it has no values one by one.</summary>
    public const string NoValues = "SLW2063";

    /// <summary>The file cannot be read.</summary>
    public const string Unreadable = "SLW2064";
}
