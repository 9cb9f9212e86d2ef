using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Values that may be a fact.</summary>
/// <param name="Strong">Found by a name that means the fact.</param>
/// <param name="Weak">Found by a name that may mean something else.</param>
/// <param name="Empty">Found, but null or empty: of something that was not made.</param>
internal sealed record OutputCandidates(
    IReadOnlyList<TerraformValue> Strong, IReadOnlyList<TerraformValue> Weak, IReadOnlyList<TerraformValue> Empty)
{
    public static OutputCandidates Of(IReadOnlyList<TerraformValue> strong, IReadOnlyList<TerraformValue> weak)
    {
        var distinct = strong.Distinct().ToList();
        return new OutputCandidates(
            [.. distinct.Where(value => !IsEmpty(value))],
            [.. weak.Distinct().Except(distinct).Where(value => !IsEmpty(value))],
            [.. distinct.Where(IsEmpty)]);
    }

    private static bool IsEmpty(TerraformValue value) => value.Kind switch
    {
        TerraformValueKind.Null => true,
        TerraformValueKind.String => value.Text.Length == 0,
        TerraformValueKind.List => value.Items.All(IsEmpty),
        TerraformValueKind.Object => value.Members.Count == 0,
        _ => false,
    };
}
