using System.Text.Json;

namespace Slipway.Coordination.Contexts;

/// <summary>What all agents of a coordination know. Each part maps names to JSON values. It must not be changed once it was given away.</summary>
public sealed record SharedIntelligence
{
    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Nothing at all.</summary>
    public static SharedIntelligence Empty { get; } = new();

    /// <summary>Types by name. Default: none.</summary>
    public IReadOnlyDictionary<string, JsonElement> TypeRegistry { get; init; } = Nothing;

    /// <summary>Patterns by category; each value is a list. Default: none.</summary>
    public IReadOnlyDictionary<string, JsonElement> PatternLibrary { get; init; } = Nothing;

    /// <summary>Rules by name. Default: none.</summary>
    public IReadOnlyDictionary<string, JsonElement> ValidationRules { get; init; } = Nothing;

    /// <summary>Conventions by what they are for. Default: none.</summary>
    public IReadOnlyDictionary<string, JsonElement> NamingConventions { get; init; } = Nothing;

    /// <summary>What each thing depends on; each value is a list of texts. Default: nothing.</summary>
    public IReadOnlyDictionary<string, JsonElement> DependencyGraph { get; init; } = Nothing;

    /// <summary>One part.</summary>
    public IReadOnlyDictionary<string, JsonElement> this[SharedIntelligenceField field] => field switch
    {
        SharedIntelligenceField.TypeRegistry => TypeRegistry,
        SharedIntelligenceField.PatternLibrary => PatternLibrary,
        SharedIntelligenceField.ValidationRules => ValidationRules,
        SharedIntelligenceField.NamingConventions => NamingConventions,
        SharedIntelligenceField.DependencyGraph => DependencyGraph,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Not a part of shared intelligence."),
    };

    internal SharedIntelligence With(SharedIntelligenceField field, IReadOnlyDictionary<string, JsonElement> data) => field switch
    {
        SharedIntelligenceField.TypeRegistry => this with { TypeRegistry = data },
        SharedIntelligenceField.PatternLibrary => this with { PatternLibrary = data },
        SharedIntelligenceField.ValidationRules => this with { ValidationRules = data },
        SharedIntelligenceField.NamingConventions => this with { NamingConventions = data },
        SharedIntelligenceField.DependencyGraph => this with { DependencyGraph = data },
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Not a part of shared intelligence."),
    };
}
