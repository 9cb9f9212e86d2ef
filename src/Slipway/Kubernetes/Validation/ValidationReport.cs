using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Schemas;

namespace Slipway.Kubernetes.Validation;

/// <summary>What the ladder found in a directory.</summary>
public sealed record ValidationReport
{
    /// <summary>The directory, as it was named.</summary>
    public required string Directory { get; init; }

    /// <summary>The Kubernetes version whose schemas were used.</summary>
    public required KubernetesVersion KubernetesVersion { get; init; }

    /// <summary>All findings, ordered by file, line, column, code. Files are relative to <see cref="Directory"/>.</summary>
    public required IReadOnlyList<Diagnostic> Findings { get; init; }

    /// <summary>The six rungs in order.</summary>
    public required IReadOnlyList<RungReport> Rungs { get; init; }

    /// <summary>The kinds without a schema, ordered.</summary>
    public required IReadOnlyList<UncheckedKind> KindsNotChecked { get; init; }

    /// <summary>The kinds whose definitions have rules in CEL, which only a cluster evaluates, ordered.</summary>
    public required IReadOnlyList<UncheckedKind> RulesNotChecked { get; init; }

    /// <summary>The Kustomize roots found, relative to <see cref="Directory"/>, ordered; <c>.</c> is the directory itself.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>True when there is no error. Rungs that did not run do not change it.</summary>
    public bool Succeeded => !Findings.Any(finding => finding.Severity == Severity.Error);
}
