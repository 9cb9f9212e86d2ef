namespace Slipway.Tests.Kubernetes.Generation.Overlays;

/// <summary>Everything around the base, to the byte.</summary>
public sealed class RepositoryGoldenTests
{
    [Fact]
    public void Generate_SampleRepository_MatchesTheGoldenTree() => GoldenTree.Matches(
        "repository",
        RepositoryPlatform.Generated.Where(file => !file.Key.StartsWith("base/", StringComparison.Ordinal)).ToDictionary(file => file.Key, file => file.Value.Content, StringComparer.Ordinal));
}
