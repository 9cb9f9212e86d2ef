using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>Makes the nodes of an overlay with their provenance.</summary>
/// <param name="names">The environment.</param>
/// <param name="text">Makes a node of text; unknown becomes its marker, sensitive is refused.</param>
/// <param name="number">The same for numbers.</param>
internal sealed class OverlayNodes(EnvironmentNames names, Func<Value<string>, ScalarNode> text, Func<Value<int>, ScalarNode> number)
{
    /// <summary>A value as it came.</summary>
    public ScalarNode Of(Value<string> value) => text(value);

    /// <summary>A value as text.</summary>
    public string Text(Value<string> value) => text(value).Text;

    /// <summary>Something that the environment says in the place of the base.</summary>
    public ScalarNode Override(Value<string> value) => Mark(text(value), value.Source);

    /// <summary>Something that the environment says in the place of the base.</summary>
    public ScalarNode Override(Value<int> value) => Mark(number(value), value.Source);

    /// <summary>Something that follows from a rule.</summary>
    public static ScalarNode Derived(string value, string rule) => ScalarNode.Of(value, Provenance.Derived(rule));

    private ScalarNode Mark(ScalarNode node, Provenance source) => new(node.Text, node.Kind)
    {
        Source = new Provenance(ProvenanceKind.Override, $"environment {names.Name}: {source.Origin}", source.Place),
    };
}
