namespace Slipway.Templates;

/// <summary>How a template names a value: <c>name</c>, <c>image.tag</c>, <c>../name</c>, <c>@root.name</c>, <c>this</c>, <c>@key</c>.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Line">The template's line.</param>
/// <param name="Column">The column.</param>
/// <param name="Up">How many blocks outwards (<c>../</c>).</param>
/// <param name="FromRoot">True for <c>@root</c>.</param>
/// <param name="Loop">Which property of the loop, or none.</param>
/// <param name="Names">The names from there; empty for the context itself.</param>
internal sealed record ValuePath(string Text, int Line, int Column, int Up, bool FromRoot, LoopProperty Loop, IReadOnlyList<string> Names);
