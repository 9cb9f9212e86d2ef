using Slipway.Documents;

namespace Slipway.Kubernetes.Schemas.Rules;

/// <summary>
/// What a CustomResourceDefinition demands of a value beyond its type, as JSON Schema writes it. A rule speaks of the type of value that it fits
/// (a pattern of text, a minimum of numbers) and is silent on others.
/// </summary>
internal sealed record ValueRules
{
    /// <summary>The type that an alternative asks for: <c>string</c>, <c>integer</c>, <c>object</c>...; null for any.</summary>
    public string? Type { get; init; }

    /// <summary>The only values allowed; null for any.</summary>
    public IReadOnlyList<ScalarNode>? Values { get; init; }

    public TextPattern? Pattern { get; init; }

    /// <summary>A format that Kubernetes knows, such as <c>ipv4</c>.</summary>
    public string? Format { get; init; }

    public (decimal Limit, bool Excluded)? Minimum { get; init; }

    public (decimal Limit, bool Excluded)? Maximum { get; init; }

    public decimal? MultipleOf { get; init; }

    /// <summary>The least and the most characters, items or entries, whichever the value has.</summary>
    public SizeRange Length { get; init; } = SizeRange.Any;

    public SizeRange Items { get; init; } = SizeRange.Any;

    public SizeRange Entries { get; init; } = SizeRange.Any;

    /// <summary>The fields whose values together name an item, each of which may stand only once; empty for the item itself; null when items may repeat.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Fields that must be there, in an alternative.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>What an alternative asks of fields.</summary>
    public IReadOnlyDictionary<string, ValueRules> Fields { get; init; } = new Dictionary<string, ValueRules>(StringComparer.Ordinal);

    /// <summary>What an alternative asks of each item.</summary>
    public ValueRules? Item { get; init; }

    public IReadOnlyList<ValueRules> AllOf { get; init; } = [];

    public IReadOnlyList<ValueRules> AnyOf { get; init; } = [];

    public IReadOnlyList<ValueRules> OneOf { get; init; } = [];

    public ValueRules? Not { get; init; }

    /// <summary>True when nothing is demanded.</summary>
    public bool IsEmpty =>
        Values is null && Pattern is null && Format is null && Minimum is null && Maximum is null && MultipleOf is null && Keys is null && Not is null
        && Length == SizeRange.Any && Items == SizeRange.Any && Entries == SizeRange.Any && AllOf.Count + AnyOf.Count + OneOf.Count == 0;
}
