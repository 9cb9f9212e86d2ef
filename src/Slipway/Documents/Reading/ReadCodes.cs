namespace Slipway.Documents.Reading;

/// <summary>The diagnostic codes of a kind of document for what can be wrong with its shape.</summary>
/// <param name="UnknownField">A field that does not exist.</param>
/// <param name="MissingField">A field that is not there.</param>
/// <param name="WrongType">Text where a number is expected, a list where a mapping is expected, …</param>
/// <param name="BadValue">A value of the right type that is not allowed.</param>
internal sealed record ReadCodes(string UnknownField, string MissingField, string WrongType, string BadValue);
