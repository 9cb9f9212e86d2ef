namespace Slipway.Documents;

/// <summary>A key of a mapping with its value.</summary>
/// <param name="Key">The key's text.</param>
/// <param name="Value">The value.</param>
/// <param name="KeyPosition">Where the key stands; null when it was made, not read.</param>
public readonly record struct MappingEntry(string Key, Node Value, NodePosition? KeyPosition = null);
