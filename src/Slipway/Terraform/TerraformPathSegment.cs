namespace Slipway.Terraform;

/// <summary>One step of a path: the member of an object or the item of a list.</summary>
/// <param name="Name">The member's name; for an index its digits, which may also name a member.</param>
/// <param name="Index">The index, counted from 0, or null when the step can only be a name.</param>
public readonly record struct TerraformPathSegment(string Name, int? Index);
