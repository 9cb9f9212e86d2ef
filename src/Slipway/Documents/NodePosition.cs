namespace Slipway.Documents;

/// <summary>A place in a text.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">In characters, counted from 1.</param>
public readonly record struct NodePosition(int Line, int Column);
