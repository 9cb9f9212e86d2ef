using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Validation;
using Slipway.Testing.Repository;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Kubernetes.Validation;

/// <summary>What a real API server refused must be refused without one too, where that can be known offline.</summary>
public sealed class ServerReferenceTests
{
    [Theory]
    [InlineData("bad-name", "SLW2308")]
    [InlineData("bad-quantity", "SLW2307")]
    [InlineData("broken", "SLW2201")]
    [InlineData("container-port-99999", "SLW2310")]
    [InlineData("duplicate-key", "SLW2202")]
    [InlineData("hpa-max-below-min", "SLW2314")]
    [InlineData("ingress-no-pathtype", "SLW2302")]
    [InlineData("limit-below-request", "SLW2315")]
    [InlineData("missing-containers", "SLW2302")]
    [InlineData("missing-image", "SLW2302")]
    [InlineData("missing-selector", "SLW2302")]
    [InlineData("no-kind", "SLW2318")]
    [InlineData("no-name", "SLW2318")]
    [InlineData("port-99999", "SLW2310")]
    [InlineData("selector-mismatch", "SLW2401")]
    [InlineData("several", "SLW2310")]
    [InlineData("too-long-label", "SLW2309")]
    [InlineData("unknown-field", "SLW2301")]
    [InlineData("unknown-kind", "SLW2306")]
    [InlineData("unknown-nested", "SLW2301")]
    [InlineData("unknown-version", "SLW2305")]
    [InlineData("wrong-type", "SLW2303")]
    [InlineData("wrong-type-configmap", "SLW2303")]
    public async Task Validate_ManifestThatAServerRefused_RefusesItToo(string name, string code)
    {
        var report = await ValidateAsync(name);

        // A server does not look at what an object names; the one selector it does look at is a workload's own.
        var refused = report.Findings.Where(finding => string.CompareOrdinal(finding.Code, "SLW2401") <= 0);
        Assert.Equal(code, Assert.Single(refused).Code);
    }

    [Fact]
    public async Task Validate_ManifestThatAServerTook_RefusesNothing()
    {
        var report = await ValidateAsync("ok");

        Assert.DoesNotContain(report.Findings, finding => finding.Severity == Severity.Error && !finding.Code.StartsWith("SLW25", StringComparison.Ordinal));
    }

    private static Task<ValidationReport> ValidateAsync(string name)
    {
        var file = RepositoryRoot.Shared("reference", "kubernetes-api", "06-validation", "input", $"{name}.yaml");
        if (file is null) Assert.Skip("the exchanges with a real API server are not at hand");
        var files = new InMemoryFileSystem().Add("/repo/manifest.yaml", File.ReadAllText(file!));
        return new ManifestValidator(files, new ScriptedProcessRunner(), TimeProvider.System).ValidateAsync("/repo", null, TestContext.Current.CancellationToken);
    }
}
