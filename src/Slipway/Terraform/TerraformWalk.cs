namespace Slipway.Terraform;

/// <summary>Where following a path led.</summary>
/// <param name="Found">The value, or null when the path leads nowhere.</param>
/// <param name="Last">The last value reached.</param>
/// <param name="Missing">The step that could not be taken from <paramref name="Last"/>, or null.</param>
public sealed record TerraformWalk(TerraformValue? Found, TerraformValue Last, TerraformPathSegment? Missing);
