using Slipway.Coordination.Diagnostics;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Explain;

/// <summary>A value of a generated file and where it came from.</summary>
/// <param name="Document">The document: <c>Deployment/web-ui</c>, or <c>[2]</c> for one without kind and name.</param>
/// <param name="Path">The path in the document, such as <c>spec.template.spec.containers[0].image</c>.</param>
/// <param name="Value">The value as the file on disk has it; null when it has none.</param>
/// <param name="GeneratedValue">The value as it is generated; null when nothing is generated there.</param>
/// <param name="Line">The line in the file on disk, counted from 1; null when it is not there.</param>
/// <param name="Source">Where the value came from.</param>
/// <param name="Template">The template and line that put it there; null for what is computed without one.</param>
/// <param name="State">How the file stands to what is generated.</param>
public sealed record ExplainedValue(
    string Document,
    string Path,
    string? Value,
    string? GeneratedValue,
    int? Line,
    Provenance Source,
    SourcePlace? Template,
    ExplainedState State);
