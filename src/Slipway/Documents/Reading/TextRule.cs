namespace Slipway.Documents.Reading;

/// <summary>Judges a text.</summary>
/// <param name="text">The text.</param>
/// <returns>Null when it is fine, else what is wrong, to follow the quoted text in a sentence: <c>is not a DNS label (…)</c>.</returns>
internal delegate string? TextRule(string text);
