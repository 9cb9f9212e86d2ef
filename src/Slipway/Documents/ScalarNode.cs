using System.Globalization;
using Slipway.Platform;

namespace Slipway.Documents;

/// <summary>A single value, with its type and its text as it was written.</summary>
public sealed class ScalarNode : Node
{
    /// <summary>A scalar.</summary>
    /// <param name="text">The text without quotes or escapes; for a number or boolean as it was written.</param>
    /// <param name="kind">Its type.</param>
    public ScalarNode(string text, ScalarKind kind = ScalarKind.String)
    {
        Text = text;
        Kind = kind;
    }

    /// <summary>The text without quotes or escapes; for a number or boolean as it was written (<c>yes</c>, <c>0x1F</c>).</summary>
    public string Text { get; }

    /// <summary>The type, as Kubernetes would read it.</summary>
    public ScalarKind Kind { get; }

    /// <summary>True when the scalar was written without quotes. A plain <c>no</c> is a boolean to Kubernetes and mostly meant as text.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Text.</summary>
    public static ScalarNode Of(string value, Provenance? source = null) => new(value) { Source = source };

    /// <summary>A whole number.</summary>
    public static ScalarNode Of(long value, Provenance? source = null) =>
        new(value.ToString(CultureInfo.InvariantCulture), ScalarKind.Integer) { Source = source };

    /// <summary>True or false.</summary>
    public static ScalarNode Of(bool value, Provenance? source = null) =>
        new(value ? "true" : "false", ScalarKind.Boolean) { Source = source };

    /// <summary>Nothing.</summary>
    public static ScalarNode Null(Provenance? source = null) => new("null", ScalarKind.Null) { Source = source };

    /// <inheritdoc/>
    public override string ToString() => Text;
}
