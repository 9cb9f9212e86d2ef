using Slipway.Coordination.Diagnostics;

namespace Slipway.Documents;

/// <summary>Ends the reading of a document that must not be read on; caught by <see cref="DocumentReader"/>.</summary>
internal sealed class DocumentLimitException(Diagnostic diagnostic) : Exception(diagnostic.Summary)
{
    public Diagnostic Diagnostic { get; } = diagnostic;
}
