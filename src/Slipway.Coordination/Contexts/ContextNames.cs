namespace Slipway.Coordination.Contexts;

/// <summary>The stable names of the parts of shared intelligence.</summary>
internal static class ContextNames
{
    public static IReadOnlyDictionary<string, SharedIntelligenceField> Fields { get; } =
        Enum.GetValues<SharedIntelligenceField>().ToDictionary(Of, StringComparer.Ordinal);

    public static string Of(SharedIntelligenceField field) => field switch
    {
        SharedIntelligenceField.TypeRegistry => "type_registry",
        SharedIntelligenceField.PatternLibrary => "pattern_library",
        SharedIntelligenceField.ValidationRules => "validation_rules",
        SharedIntelligenceField.NamingConventions => "naming_conventions",
        SharedIntelligenceField.DependencyGraph => "dependency_graph",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "Not a part of shared intelligence."),
    };
}
