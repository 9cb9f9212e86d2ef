using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>How a fact is recognised by what a value holds, where no name tells it.</summary>
/// <param name="Description">The rule, for the documentation.</param>
/// <param name="Fits">Whether a value is it.</param>
internal sealed record FactForm(string Description, Func<OutputNode, bool> Fits)
{
    /// <summary>A form of texts.</summary>
    /// <param name="description">The rule, for the documentation.</param>
    /// <param name="fits">Whether a text is it, by its content and by the names on its way.</param>
    public static FactForm OfText(string description, Func<string, OutputNode, bool> fits) =>
        new(description, node => node.Value.Kind == TerraformValueKind.String && fits(node.Value.Text, node));
}
