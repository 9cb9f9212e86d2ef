namespace Slipway.Kubernetes.Generation.Infrastructure;

/// <summary>A Helm chart of the cluster's infrastructure at a version that is known to exist.</summary>
/// <param name="Name">The release's name, which is the chart's too unless it says otherwise.</param>
/// <param name="Chart">The chart's name in its repository.</param>
/// <param name="Repository">The Helm repository's URL.</param>
/// <param name="Version">The chart's version.</param>
/// <param name="AppVersion">The version of the program in it.</param>
/// <param name="Namespace">The namespace it is installed into.</param>
internal sealed record PinnedChart(string Name, string Chart, string Repository, string Version, string AppVersion, string Namespace)
{
    /// <summary>The folder below <c>infrastructure/</c>.</summary>
    public string Folder { get; init; } = Name;
}
