using System.Reflection;
using Slipway.Cli.Views.Progress;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Kubernetes.Validation;
using Slipway.Kubernetes.Validation.Reporting;

namespace Slipway.Cli.Views.Validation;

/// <summary><c>slipway validate</c>: findings, and how far up the ladder it came.</summary>
/// <param name="report">What was found.</param>
/// <param name="shownDirectory">The directory as the user named it.</param>
internal sealed class ValidationView(ValidationReport report, string shownDirectory) : ISarifView
{
    public Node ToDocument() => DocumentReader.Read(ReportJson.Write(report), "report", [])[0].Root;

    public string ToSarif()
    {
        var version = typeof(ValidationView).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return ReportSarif.Write(report, version.Split('+')[0]);
    }

    public void WriteHuman(Terminal terminal)
    {
        foreach (var finding in report.Findings)
        {
            terminal.Line(finding.Severity switch
            {
                Severity.Error => terminal.Red(finding.ToString()),
                Severity.Warning => terminal.Yellow(finding.ToString()),
                _ => finding.ToString(),
            });
        }

        if (report.Findings.Count > 0) terminal.Line();
        WriteRungs(terminal);
        foreach (var kind in report.KindsNotChecked)
        {
            terminal.Line(terminal.Yellow($"not checked: {kind.Objects} × {kind.ApiVersion} {kind.Kind} (no schema; --crds names a folder of definitions)"));
        }

        foreach (var kind in report.RulesNotChecked)
        {
            terminal.Line(terminal.Yellow($"not checked: the CEL rules of {kind.Objects} × {kind.ApiVersion} {kind.Kind} (only a cluster evaluates them; --server asks one)"));
        }

        var errors = report.Findings.Count(finding => finding.Severity == Severity.Error);
        var warnings = report.Findings.Count(finding => finding.Severity == Severity.Warning);
        var verdict = $"{shownDirectory}: {Count(errors, "error")}, {Count(warnings, "warning")}, Kubernetes {report.KubernetesVersion}";
        terminal.Line(errors > 0 ? terminal.Red(verdict) : terminal.Green(verdict));
    }

    /// <summary>The rungs as a table.</summary>
    public void WriteRungs(Terminal terminal)
    {
        var table = new TextTable("RUNG", "STATUS", "FILES", "OBJECTS", "CHECKS", "TIME", "REMARK");
        foreach (var rung in report.Rungs)
        {
            Func<string, string> paint = rung.Status switch
            {
                RungStatus.Passed => terminal.Green,
                RungStatus.Failed => terminal.Red,
                _ => terminal.Yellow,
            };
            var ran = rung.Status != RungStatus.NotRun;
            table.Add(
                paint,
                $"{(int)rung.Rung} {ReportJson.NameOf(rung.Rung)}",
                ReportJson.NameOf(rung.Status),
                ran ? $"{rung.Files}" : "",
                ran ? $"{rung.Objects}" : "",
                ran ? $"{rung.Checks}" : "",
                ran ? Durations.Format(rung.Duration) : "",
                rung.Reason ?? "");
        }

        table.Write(terminal);
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
