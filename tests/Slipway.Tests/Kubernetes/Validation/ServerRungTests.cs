using System.Globalization;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Validation;
using Slipway.Testing.Workspace;
using Slipway.Workspace;

namespace Slipway.Tests.Kubernetes.Validation;

/// <summary>What the ladder makes of a cluster's answers; the messages are those of a real API server.</summary>
public sealed class ServerRungTests
{
    private const string Config = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n";

    private readonly InMemoryFileSystem _files = new InMemoryFileSystem().Add("/repo/config.yaml", Config).Add("/repo/kustomization.yaml", "resources:\n  - config.yaml\n");
    private readonly ScriptedProcessRunner _programs = new();

    [Fact]
    public async Task Server_ThatAccepts_Passes()
    {
        var (report, rung) = await AskAsync("");

        Assert.Empty(report.Findings);
        Assert.Equal(RungStatus.Passed, rung.Status);
        var apply = _programs.Commands[^1];
        Assert.Equal("--context test apply --dry-run=server -f -", string.Join(' ', apply.Arguments));
        Assert.Equal(Config, apply.Input);
    }

    [Theory]
    [InlineData("The ConfigMap \"web\" is invalid: metadata.labels: Invalid value: \"x\": must be no more than 63 bytes")]
    [InlineData("The ConfigMap \"web\" is invalid: \n* metadata.labels: Invalid value\n* data: Forbidden")]
    [InlineData("Error from server: failed to create typed patch object (shop/web; /v1, Kind=ConfigMap): .dta: field not declared in schema")]
    public async Task Server_ThatRefuses_IsReportedAtTheFile(string message)
    {
        var (report, rung) = await AskAsync(message);

        var finding = Assert.Single(report.Findings);
        Assert.Equal("SLW2701", finding.Code);
        Assert.Equal(new SourcePlace("config.yaml", 1, 1), finding.Place);
        Assert.Equal(RungStatus.Failed, rung.Status);
    }

    [Fact]
    public async Task Server_WithoutTheNamespace_IsIncomplete()
    {
        var (report, rung) = await AskAsync("Error from server (NotFound): namespaces \"shop\" not found");

        Assert.Empty(report.Findings);
        Assert.Equal(RungStatus.Incomplete, rung.Status);
    }

    [Fact]
    public async Task Server_ThatDoesNotAnswer_IsNotPassed()
    {
        _programs.On("kubectl", command => command.Arguments[0] == "kustomize"
            ? new ProcessResult(0, Config, "")
            : new ProcessResult(1, "", "The connection to the server localhost:8080 was refused - did you specify the right host or port?"));

        var report = await ValidateAsync();

        Assert.Equal("SLW2702", Assert.Single(report.Findings).Code);
        Assert.Equal(RungStatus.Failed, report.Rungs[^1].Status);
    }

    [Fact]
    public async Task Server_WithCustomKinds_GivesTheirSchemas()
    {
        _files.Add("/repo/certificate.yaml", "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web}\nspec: {secretNam: x}\n");
        var definition = string.Join('\n', CustomResources.Certificate.Split('\n').Select((line, at) => string.Create(CultureInfo.InvariantCulture, $"{(at == 0 ? "- " : "  ")}{line}")));

        var (report, _) = await AskAsync("", $"apiVersion: v1\nkind: List\nitems:\n{definition}\n");

        Assert.Empty(report.KindsNotChecked);
        Assert.Equal("SLW2301", Assert.Single(report.Findings).Code);
    }

    private async Task<(ValidationReport Report, RungReport Rung)> AskAsync(string error, string definitions = "items: []\n")
    {
        _programs.On("kubectl", command => command.Arguments switch
        {
            ["kustomize", ..] => new ProcessResult(0, Config, ""),
            [.., "-o", "json"] => new ProcessResult(0, definitions, ""),
            _ => new ProcessResult(error.Length == 0 ? 0 : 1, "", error),
        });
        var report = await ValidateAsync();
        return (report, report.Rungs[^1]);
    }

    private Task<ValidationReport> ValidateAsync() =>
        new ManifestValidator(_files, _programs, TimeProvider.System)
            .ValidateAsync("/repo", new ValidationOptions { Server = true, KubeContext = "test" }, TestContext.Current.CancellationToken);
}
