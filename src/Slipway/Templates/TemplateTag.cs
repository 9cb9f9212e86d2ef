namespace Slipway.Templates;

/// <summary>A tag of a template, <c>{{ … }}</c>, with its extent in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Word">The block's word for opening and closing tags.</param>
/// <param name="Argument">What follows the word.</param>
/// <param name="Start">The offset of its first character.</param>
/// <param name="End">The offset after its last.</param>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column.</param>
internal sealed record TemplateTag(TemplateTagKind Kind, string Word, string Argument, int Start, int End, int Line, int Column)
{
    /// <summary>True when the tag has its line for itself, so that the line vanishes with it.</summary>
    public bool IsStandalone { get; init; }
}
