using Slipway.Coordination.Diagnostics;

namespace Slipway.Tests.Kubernetes.Validation;

/// <summary>Findings as golden files hold them.</summary>
internal static class ReportText
{
    /// <summary>One line a finding: code, severity, place, path.</summary>
    public static string Of(IEnumerable<Diagnostic> findings) => string.Concat(findings.Select(finding =>
        $"{finding.Code} {finding.Severity.ToString().ToLowerInvariant()} {finding.Place?.File}:{finding.Place?.Line}:{finding.Place?.Column} {finding.Place?.Path}".TrimEnd() + "\n"));

    /// <summary>The findings in full, for the message of a failing test.</summary>
    public static string Full(IEnumerable<Diagnostic> findings) => string.Join('\n', findings);
}
