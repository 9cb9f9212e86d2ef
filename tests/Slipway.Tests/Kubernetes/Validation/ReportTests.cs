using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation;
using Slipway.Kubernetes.Validation.Reporting;

namespace Slipway.Tests.Kubernetes.Validation;

public sealed class ReportTests
{
    private static readonly ValidationReport Report = new()
    {
        Directory = "out/k8s-manifests",
        KubernetesVersion = KubernetesVersion.Default,
        Findings =
        [
            new Diagnostic { Code = "SLW2301", Summary = "the field 'replica' does not exist here", Place = new SourcePlace("base/my web.yaml", 7, 3, "spec.replica"), Fix = "did you mean 'replicas'?" },
            new Diagnostic { Code = "SLW2512", Severity = Severity.Warning, Summary = "no probe", Detail = "in the build of base", Place = new SourcePlace("base/web.yaml") },
        ],
        Rungs = [new RungReport(Rung.Yaml, RungStatus.Passed) { Files = 2, Objects = 3, Checks = 4, Duration = TimeSpan.FromMilliseconds(1.25) }, new RungReport(Rung.Server, RungStatus.NotRun) { Reason = "not asked for (--server)" }],
        RulesNotChecked = [],
        KindsNotChecked = [new UncheckedKind("cert-manager.io/v1", "Certificate", 2)],
        Roots = ["base", "overlays/production"],
    };

    [Fact]
    public void Json_OfAReport_HasItsShape()
    {
        const string Expected = """
            {
              "directory": "out/k8s-manifests",
              "kubernetesVersion": "1.34",
              "succeeded": false,
              "roots": [
                "base",
                "overlays/production"
              ],
              "rungs": [
                {
                  "number": 1,
                  "name": "yaml",
                  "status": "passed",
                  "files": 2,
                  "objects": 3,
                  "checks": 4,
                  "errors": 0,
                  "warnings": 0,
                  "durationMs": 1.2
                },
                {
                  "number": 6,
                  "name": "server",
                  "status": "not-run",
                  "reason": "not asked for (--server)",
                  "files": 0,
                  "objects": 0,
                  "checks": 0,
                  "errors": 0,
                  "warnings": 0,
                  "durationMs": 0
                }
              ],
              "findings": [
                {
                  "code": "SLW2301",
                  "severity": "error",
                  "summary": "the field 'replica' does not exist here",
                  "file": "base/my web.yaml",
                  "line": 7,
                  "column": 3,
                  "path": "spec.replica",
                  "fix": "did you mean 'replicas'?"
                },
                {
                  "code": "SLW2512",
                  "severity": "warning",
                  "summary": "no probe",
                  "detail": "in the build of base",
                  "file": "base/web.yaml"
                }
              ],
              "kindsNotChecked": [
                {
                  "apiVersion": "cert-manager.io/v1",
                  "kind": "Certificate",
                  "objects": 2
                }
              ],
              "rulesNotChecked": []
            }

            """;

        Assert.Equal(Expected, ReportJson.Write(Report), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Sarif_OfAReport_HasWhatVersion210Demands()
    {
        using var sarif = JsonDocument.Parse(ReportSarif.Write(Report, "0.1.0", new Uri("https://example.com/diagnostics"), "out/k8s-manifests"));

        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(sarif.RootElement.GetProperty("runs").EnumerateArray());
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("slipway", driver.GetProperty("name").GetString());
        Assert.Equal(["SLW2301", "SLW2512"], driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal("https://example.com/diagnostics#slw2301", driver.GetProperty("rules")[0].GetProperty("helpUri").GetString());
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["error", "warning"], results.Select(result => result.GetProperty("level").GetString()));
        var place = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("out/k8s-manifests/base/my%20web.yaml", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(7, place.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal(3, place.GetProperty("region").GetProperty("startColumn").GetInt32());
        Assert.Equal("the field 'replica' does not exist here. Fix: did you mean 'replicas'?.", results[0].GetProperty("message").GetProperty("text").GetString());
    }
}
