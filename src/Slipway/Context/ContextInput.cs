namespace Slipway.Context;

/// <summary>An input from which the context was made.</summary>
/// <param name="Name">The file or directory as the user named it.</param>
/// <param name="Sha256">The hash of its text in lower-case hexadecimal.</param>
public sealed record ContextInput(string Name, string Sha256);
