using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;
using Slipway.Templates;

namespace Slipway.Kubernetes.Generation;

/// <summary>One call of a generation tool.</summary>
public sealed class ToolCall
{
    private readonly Func<string, IReadOnlyList<GeneratedFile>> _filesOf;

    internal ToolCall(
        GenerationItem item,
        PlatformModel model,
        TemplateCatalogue templates,
        IReadOnlyList<GenerationItem> items,
        Func<string, IReadOnlyList<GeneratedFile>> filesOf)
    {
        Item = item;
        Model = model;
        Templates = templates;
        Items = items;
        _filesOf = filesOf;
    }

    /// <summary>What to make.</summary>
    public GenerationItem Item { get; }

    /// <summary>The arguments; what is missing is derived from <see cref="Model"/>.</summary>
    public MappingNode Arguments => Item.Arguments;

    /// <summary>The platform.</summary>
    public PlatformModel Model { get; }

    /// <summary>The templates.</summary>
    public TemplateCatalogue Templates { get; }

    /// <summary>All items of the session in the plan's order, this one among them.</summary>
    public IReadOnlyList<GenerationItem> Items { get; }

    /// <summary>Receives what is wrong.</summary>
    public ICollection<Diagnostic> Problems { get; } = new List<Diagnostic>();

    /// <summary>The files of an item that this one depends on, generated if need be.</summary>
    /// <exception cref="InvalidOperationException">The item is not in <see cref="GenerationItem.DependsOn"/>.</exception>
    public IReadOnlyList<GeneratedFile> FilesOf(string id) =>
        Item.DependsOn.Contains(id, StringComparer.Ordinal)
            ? _filesOf(id)
            : throw new InvalidOperationException($"Item '{Item.Id}' does not depend on '{id}'.");

    /// <summary>Renders a template with values; problems go to <see cref="Problems"/>.</summary>
    public IReadOnlyList<Document> Render(string template, MappingNode values) => Templates.Get(template).Render(values, Problems);

    /// <summary>A node that holds a value: an unknown one becomes its marker, a sensitive one is refused (SLW2001).</summary>
    public ScalarNode Node(Value<string> value) => ValueNodes.Of(value, Item, Problems);

    /// <summary>A node that holds a number.</summary>
    public ScalarNode Node(Value<int> value) => ValueNodes.Of(value, Item, Problems);
}
