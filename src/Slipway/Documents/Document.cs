namespace Slipway.Documents;

/// <summary>One document of a YAML stream.</summary>
/// <param name="Root">Its root; a null scalar for an empty document.</param>
/// <param name="Header">Comment lines to stand above it, without <c># </c>; empty for none. Readers leave it empty.</param>
public sealed record Document(Node Root, IReadOnlyList<string> Header)
{
    /// <summary>A document without a header.</summary>
    public Document(Node root)
        : this(root, [])
    {
    }
}
