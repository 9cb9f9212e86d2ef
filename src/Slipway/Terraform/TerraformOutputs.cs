namespace Slipway.Terraform;

/// <summary>All outputs of one root module.</summary>
/// <param name="Label">The file or directory as the user named it.</param>
/// <param name="Sha256">The hash of the text read, in lower-case hexadecimal.</param>
/// <param name="Values">The outputs by name, ordered ordinally.</param>
public sealed record TerraformOutputs(string Label, string Sha256, IReadOnlyDictionary<string, TerraformValue> Values);
