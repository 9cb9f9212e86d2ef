namespace Slipway.Templates;

/// <summary>A part of a parsed template. A closed set.</summary>
internal abstract record TemplatePart
{
    private TemplatePart()
    {
    }

    /// <summary>Text that stands as it is.</summary>
    public sealed record Text(string Content, int Line) : TemplatePart;

    /// <summary>A value's place.</summary>
    public sealed record Output(ValuePath Path) : TemplatePart;

    /// <summary><c>#if</c> and <c>#unless</c> with their <c>else</c>.</summary>
    public sealed record Condition(ValuePath Path, bool Negated, IReadOnlyList<TemplatePart> Body, IReadOnlyList<TemplatePart> Else) : TemplatePart;

    /// <summary><c>#each</c> over a list or a mapping; <c>else</c> when there is nothing in it.</summary>
    public sealed record Loop(ValuePath Path, IReadOnlyList<TemplatePart> Body, IReadOnlyList<TemplatePart> Else) : TemplatePart;

    /// <summary><c>#with</c>: the names inside are those of the value; <c>else</c> when it is absent.</summary>
    public sealed record Context(ValuePath Path, IReadOnlyList<TemplatePart> Body, IReadOnlyList<TemplatePart> Else) : TemplatePart;
}
