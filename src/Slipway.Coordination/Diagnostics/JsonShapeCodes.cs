namespace Slipway.Coordination.Diagnostics;

/// <summary>The codes for what can be wrong with the shape of one kind of JSON document.</summary>
/// <param name="Unknown">A field that does not exist.</param>
/// <param name="Missing">A field that must be there.</param>
/// <param name="Type">A value of another type.</param>
/// <param name="Value">A value that is not allowed.</param>
internal sealed record JsonShapeCodes(string Unknown, string Missing, string Type, string Value);
