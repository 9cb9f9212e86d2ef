namespace Slipway.Tests.Kubernetes.Generation.Overlays;

/// <summary>A whole repository, to the byte.</summary>
public sealed class RepositoryGoldenTests
{
    [Fact]
    public void Generate_SampleRepository_MatchesTheGoldenTree() => GoldenTree.Matches(
        "repository",
        RepositoryPlatform.Generated.ToDictionary(file => file.Key, file => file.Value.Content, StringComparer.Ordinal));
}
