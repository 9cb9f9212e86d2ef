using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Validation;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Kubernetes.Validation;

public sealed class ManifestValidatorTests
{
    private const string Config = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web
        data:
          LEVEL: info
        """;

    private const string Kustomization = """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - config.yaml

        """;

    private readonly InMemoryFileSystem _files = new();
    private readonly ScriptedProcessRunner _programs = new();

    [Fact]
    public async Task Validate_WithoutKubectl_DoesNotRunBuildAndSaysWhy()
    {
        _files.Add("/repo/config.yaml", Config).Add("/repo/kustomization.yaml", Kustomization);

        var report = await ValidateAsync();

        Assert.True(report.Succeeded);
        Assert.Equal(RungStatus.Passed, Rung(report, Slipway.Kubernetes.Validation.Rung.References).Status);
        Assert.Equal((RungStatus.NotRun, "kubectl is not on PATH"), Outcome(report, Slipway.Kubernetes.Validation.Rung.Build));
        Assert.Equal((RungStatus.NotRun, "not asked for (--server)"), Outcome(report, Slipway.Kubernetes.Validation.Rung.Server));
    }

    [Fact]
    public async Task Validate_WithoutKustomization_DoesNotRunBuild()
    {
        _files.Add("/repo/config.yaml", Config);
        _programs.On("kubectl");

        var report = await ValidateAsync();

        Assert.Equal((RungStatus.NotRun, "there is no kustomization"), Outcome(report, Slipway.Kubernetes.Validation.Rung.Build));
        Assert.Empty(_programs.Commands);
    }

    [Theory]
    [InlineData(true, "overlay")]
    [InlineData(false, "base overlay")]
    public async Task Validate_RootThatAnotherTakesUp_IsBuiltAloneOnlyWhenThatOneFails(bool builds, string expected)
    {
        _files.Add("/repo/base/config.yaml", Config).Add("/repo/base/kustomization.yaml", Kustomization)
            .Add("/repo/overlay/kustomization.yaml", "resources:\n  - ../base\n");
        _programs.On("kubectl", command => builds || command.Arguments[1] == "/repo/base" ? new ProcessResult(0, Config, "") : new ProcessResult(1, "", "error: no"));

        var report = await ValidateAsync();

        Assert.Equal(expected, string.Join(' ', _programs.Commands.Select(command => command.Arguments[1]["/repo/".Length..]).Order(StringComparer.Ordinal)));
        Assert.Equal(builds ? RungStatus.Passed : RungStatus.Failed, Rung(report, Slipway.Kubernetes.Validation.Rung.Build).Status);
        Assert.Equal(2, report.Roots.Count);
    }

    [Fact]
    public async Task Validate_WhenAKustomizationIsNotYaml_RunsNeitherReferencesNorBuild()
    {
        _files.Add("/repo/config.yaml", Config).Add("/repo/kustomization.yaml", Kustomization).Add("/repo/other/kustomization.yaml", "a: [");
        _programs.On("kubectl", Config);

        var report = await ValidateAsync();

        Assert.False(report.Succeeded);
        Assert.Equal(RungStatus.Failed, Rung(report, Slipway.Kubernetes.Validation.Rung.Yaml).Status);
        Assert.Equal((RungStatus.NotRun, "the YAML rung found errors"), Outcome(report, Slipway.Kubernetes.Validation.Rung.References));
        Assert.Equal((RungStatus.NotRun, "the YAML rung found errors"), Outcome(report, Slipway.Kubernetes.Validation.Rung.Build));
    }

    [Fact]
    public async Task Validate_WhenAFileOfOneRootIsNotYaml_StillJudgesTheOthers()
    {
        _files.Add("/repo/good/config.yaml", Config).Add("/repo/good/kustomization.yaml", Kustomization)
            .Add("/repo/bad/config.yaml", "a: [").Add("/repo/bad/kustomization.yaml", Kustomization);
        _programs.On("kubectl", Config);

        var report = await ValidateAsync();

        Assert.Equal((RungStatus.Incomplete, "bad: 'bad/config.yaml' is no YAML"), Outcome(report, Slipway.Kubernetes.Validation.Rung.Build));
        Assert.Equal((RungStatus.Incomplete, "'bad' was not built"), Outcome(report, Slipway.Kubernetes.Validation.Rung.References));
        Assert.Single(_programs.Commands);
    }

    [Fact]
    public async Task Validate_RootThatTakesUpARemoteOne_IsIncomplete()
    {
        _files.Add("/repo/config.yaml", Config).Add("/repo/kustomization.yaml", Kustomization)
            .Add("/repo/argocd/kustomization.yaml", "resources:\n  - https://example.com/install.yaml\n");
        _programs.On("kubectl", Config);

        var report = await ValidateAsync();

        Assert.Equal((RungStatus.Incomplete, "argocd: it takes up what lies elsewhere"), Outcome(report, Slipway.Kubernetes.Validation.Rung.Build));
        Assert.Single(_programs.Commands);
    }

    [Theory]
    [InlineData("binary", "a\0b")]
    [InlineData("latin", "name: caf\u00e9")]
    public async Task Validate_FileThatIsNoText_SaysSo(string name, string content)
    {
        _files.Add($"/repo/{name}.yaml", content.Select(letter => (byte)letter).ToArray());

        var finding = Assert.Single((await ValidateAsync()).Findings);

        Assert.Equal("SLW2206", finding.Code);
    }

    [Fact]
    public async Task Validate_HiddenFoldersChartsAndOtherJson_AreLeftOut()
    {
        _files.Add("/repo/config.yaml", Config).Add("/repo/.git/a.yaml", "a: [").Add("/repo/iam/policy.json", "{")
            .Add("/repo/chart/Chart.yaml", "apiVersion: v2\nname: web\n").Add("/repo/chart/templates/web.yaml", "{{ if }}");

        var report = await ValidateAsync();

        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task Validate_KindWithoutSchema_IsListedAsNotChecked()
    {
        _files.Add("/repo/certificate.yaml", "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web}\nspec: {dnsName: x}\n");

        var report = await ValidateAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(new UncheckedKind("cert-manager.io/v1", "Certificate", 1), Assert.Single(report.KindsNotChecked));
    }

    [Fact]
    public async Task Validate_WithCustomResourceDefinitions_ChecksTheirKinds()
    {
        _files.Add("/repo/certificate.yaml", "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web}\nspec: {dnsName: x, usages: [x]}\n")
            .Add("/crds/certificates.yaml", CustomResources.Certificate);

        var report = await ValidateAsync(new ValidationOptions { CrdDirectory = "/crds" });

        Assert.Empty(report.KindsNotChecked);
        Assert.Equal(["SLW2301 spec.dnsName", "SLW2302 spec.secretName", "SLW2304 spec.usages[0]"], report.Findings.Select(finding => $"{finding.Code} {finding.Place!.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Validate_CrdDirectoryWithoutDefinitions_SaysSo()
    {
        _files.Add("/repo/config.yaml", Config);

        var finding = Assert.Single((await ValidateAsync(new ValidationOptions { CrdDirectory = "/crds" })).Findings);

        Assert.Equal("SLW2320", finding.Code);
    }

    [Fact]
    public async Task Validate_FaultThatBaseAndOverlayShare_IsReportedOnceAtItsFile()
    {
        _files.Add("/repo/base/kustomization.yaml", Kustomization).Add("/repo/base/config.yaml", Config.Replace("LEVEL: info", "TOKEN: s3cr3t-Pa55", StringComparison.Ordinal))
            .Add("/repo/overlay/kustomization.yaml", "namePrefix: dev-\nresources:\n  - ../base\n");
        _programs.On("kubectl", command => new ProcessResult(0, _files.ReadText("/repo/base/config.yaml").Replace("name: web", command.Arguments[1].EndsWith("overlay", StringComparison.Ordinal) ? "name: dev-web" : "name: web", StringComparison.Ordinal), ""));

        var finding = Assert.Single((await ValidateAsync()).Findings);

        Assert.Equal(new SourcePlace("base/config.yaml", 6, 3, "data.TOKEN"), finding.Place);
    }

    [Fact]
    public async Task Validate_MoreRootsThanSlots_BuildsAtMostThatManyAtOnce()
    {
        for (var root = 0; root < 6; root++) _files.Add($"/repo/r{root}/kustomization.yaml", Kustomization).Add($"/repo/r{root}/config.yaml", Config);
        var (running, most) = (0, 0);
        using var gate = new SemaphoreSlim(0);
        _programs.On("kubectl", async (_, cancellationToken) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (_programs) most = Math.Max(most, now);
            if (now == 2) gate.Release(6);
            await gate.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref running);
            return new ProcessResult(0, Config, "");
        });

        var report = await ValidateAsync(new ValidationOptions { Parallelism = 2 });

        Assert.Equal(2, most);
        Assert.Equal(6, Rung(report, Slipway.Kubernetes.Validation.Rung.Build).Files);
    }

    private static RungReport Rung(ValidationReport report, Rung rung) => report.Rungs.Single(entry => entry.Rung == rung);

    private static (RungStatus, string?) Outcome(ValidationReport report, Rung rung) => (Rung(report, rung).Status, Rung(report, rung).Reason);

    private Task<ValidationReport> ValidateAsync(ValidationOptions? options = null) =>
        new ManifestValidator(_files, _programs, TimeProvider.System).ValidateAsync("/repo", options, TestContext.Current.CancellationToken);
}
