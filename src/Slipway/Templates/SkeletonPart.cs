using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Templates;

/// <summary>A node of a template's parsed result, with places where values go. A closed set.</summary>
internal abstract record SkeletonPart
{
    private SkeletonPart()
    {
    }

    /// <summary>A scalar of the template itself; shared, for scalars do not change.</summary>
    public sealed record Constant(ScalarNode Scalar) : SkeletonPart;

    /// <summary>A place that a value takes whole, whatever its type.</summary>
    public sealed record Slot(int Index, SourcePlace Place) : SkeletonPart;

    /// <summary>Text with values inside: fixed text at even places, values between. What is quoted is text too.</summary>
    public sealed record Joined(IReadOnlyList<string> Texts, IReadOnlyList<int> Slots, SourcePlace Place) : SkeletonPart
    {
        /// <summary>The text of the template's own part, for provenance.</summary>
        public Provenance Source { get; } = new(ProvenanceKind.Template, Place.File!, Place);
    }

    /// <summary>A list.</summary>
    public sealed record Sequence(IReadOnlyList<SkeletonPart> Items, SourcePlace Place) : SkeletonPart;

    /// <summary>A mapping; a key is a constant or joined text.</summary>
    public sealed record Mapping(IReadOnlyList<(SkeletonPart Key, SkeletonPart Value)> Entries, SourcePlace Place) : SkeletonPart;
}
