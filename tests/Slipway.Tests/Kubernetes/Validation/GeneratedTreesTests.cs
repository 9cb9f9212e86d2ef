using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation;
using Slipway.Testing.Repository;
using Slipway.Workspace;

namespace Slipway.Tests.Kubernetes.Validation;

/// <summary>What Slipway itself generates, as the golden trees hold it, climbs its own ladder.</summary>
public sealed class GeneratedTreesTests
{
    private static readonly string Golden = RepositoryRoot.Combine("tests", "Slipway.Tests", "Golden");

    public static TheoryData<string, string> Trees =>
        new(Directory.EnumerateFiles(Golden, "kustomization.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Golden, file).Replace('\\', '/'))
            .Where(file => file.Contains("/expected/", StringComparison.Ordinal))
            .Select(file => file[..(file.IndexOf("/expected/", StringComparison.Ordinal) + "/expected".Length)])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(tree => KubernetesVersion.All.Select(version => (tree, version.ToString()))));

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Validate_GeneratedTree_HasNoFault(string tree, string version)
    {
        Tools.Require("kubectl");
        var validator = new ManifestValidator(new PhysicalFileSystem(), new ProcessRunner(new SystemEnvironment()), TimeProvider.System);
        var options = new ValidationOptions { KubernetesVersion = KubernetesVersion.Parse(version)!.Value };

        var report = await validator.ValidateAsync(Path.Combine(Golden, tree), options, TestContext.Current.CancellationToken);

        // A tree that holds only a part of a repository may name stores and projects that lie in another part.
        var whole = report.Roots.Any(root => root.StartsWith("overlays/", StringComparison.Ordinal));
        var faults = report.Findings.Where(finding => whole || finding.Severity == Severity.Error).ToList();
        Assert.True(faults.Count == 0, ReportText.Full(faults));
        Assert.Empty(report.KindsNotChecked);
        Assert.All(report.Rungs.Take(5), rung => Assert.Equal(RungStatus.Passed, rung.Status));
    }
}
