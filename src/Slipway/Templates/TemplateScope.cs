using Slipway.Documents;

namespace Slipway.Templates;

/// <summary>What names mean at a place of a running template.</summary>
internal sealed class TemplateScope(Node value, TemplateScope? parent)
{
    public Node Value { get; } = value;

    public TemplateScope? Parent { get; } = parent;

    /// <summary>The entry's key in a loop over a mapping.</summary>
    public string? Key { get; init; }

    /// <summary>The place in the loop; -1 outside loops.</summary>
    public int Index { get; init; } = -1;

    public int Count { get; init; }

    /// <summary>Finds a value; null when it is absent.</summary>
    public Node? Find(ValuePath path)
    {
        var scope = this;
        for (var up = path.FromRoot ? int.MaxValue : path.Up; up > 0 && scope.Parent is { } outer; up--) scope = outer;
        if (path.Loop != LoopProperty.None) return scope.FindLoopProperty(path.Loop);

        var found = scope.Value;
        foreach (var name in path.Names)
        {
            if (found is not MappingNode mapping || mapping[name] is not { } next) return null;
            found = next;
        }

        return found;
    }

    private ScalarNode? FindLoopProperty(LoopProperty property)
    {
        var scope = this;
        while (scope is { Index: < 0, Parent: not null }) scope = scope.Parent;
        if (scope.Index < 0) return null;
        return property switch
        {
            LoopProperty.Key => scope.Key is null ? null : ScalarNode.Of(scope.Key, scope.Value.Source),
            LoopProperty.Index => ScalarNode.Of(scope.Index),
            LoopProperty.First => ScalarNode.Of(scope.Index == 0),
            _ => ScalarNode.Of(scope.Index == scope.Count - 1),
        };
    }
}
