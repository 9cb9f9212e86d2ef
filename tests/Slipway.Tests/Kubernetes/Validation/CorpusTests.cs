using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation;
using Slipway.Testing.Repository;
using Slipway.Workspace;

namespace Slipway.Tests.Kubernetes.Validation;

/// <summary>
/// Broken manifests with one fault each, and good ones. A case is a folder with manifests and <c>expected.txt</c>: the code, severity, place and
/// path of each finding. <c>SLIPWAY_UPDATE_GOLDEN=1</c> rewrites the expectations.
/// </summary>
public sealed class CorpusTests
{
    private static readonly string Corpus = RepositoryRoot.Combine("tests", "Slipway.Tests", "Kubernetes", "Validation", "Corpus");

    public static TheoryData<string> Broken => [.. Cases.Where(name => !name.StartsWith("good-", StringComparison.Ordinal))];

    public static TheoryData<string, string> Good =>
        new(Cases.Where(name => name.StartsWith("good-", StringComparison.Ordinal)).SelectMany(name => KubernetesVersion.All.Select(version => (name, version.ToString()))));

    private static IEnumerable<string> Cases => Directory.EnumerateDirectories(Corpus).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Validate_BrokenManifest_FindsItsFault(string name)
    {
        var report = await ValidateAsync(name, KubernetesVersion.Default);

        var actual = ReportText.Of(report.Findings);
        var golden = Path.Combine(Corpus, name, "expected.txt");
        if (Environment.GetEnvironmentVariable("SLIPWAY_UPDATE_GOLDEN") == "1") await File.WriteAllTextAsync(golden, actual);
        Assert.True(actual == await File.ReadAllTextAsync(golden), ReportText.Full(report.Findings));
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, finding => Assert.False(string.IsNullOrWhiteSpace(finding.Fix)));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Validate_GoodManifests_FindsNothing(string name, string version)
    {
        var report = await ValidateAsync(name, KubernetesVersion.Parse(version)!.Value);

        Assert.True(report.Findings.Count == 0, ReportText.Full(report.Findings));
        Assert.Empty(report.KindsNotChecked);
        Assert.All(report.Rungs.Take(4), rung => Assert.Equal(RungStatus.Passed, rung.Status));
    }

    [Fact]
    public void Corpus_HoldsAtLeastSixtyBrokenManifests() => Assert.True(Cases.Count(name => !name.StartsWith("good-", StringComparison.Ordinal)) >= 60);

    private static Task<ValidationReport> ValidateAsync(string name, KubernetesVersion version)
    {
        var folder = Path.Combine(Corpus, name);
        if (Directory.EnumerateFiles(folder, "kustomization.yaml", SearchOption.AllDirectories).Any()) Tools.Require("kubectl");
        var validator = new ManifestValidator(new PhysicalFileSystem(), new ProcessRunner(new SystemEnvironment()), TimeProvider.System);
        return validator.ValidateAsync(folder, new ValidationOptions { KubernetesVersion = version }, TestContext.Current.CancellationToken);
    }
}
