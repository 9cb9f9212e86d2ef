namespace Slipway.Coordination.Contexts;

/// <summary>The parts of a <see cref="SharedIntelligence"/>.</summary>
public enum SharedIntelligenceField
{
    /// <summary><c>type_registry</c>.</summary>
    TypeRegistry,

    /// <summary><c>pattern_library</c>.</summary>
    PatternLibrary,

    /// <summary><c>validation_rules</c>.</summary>
    ValidationRules,

    /// <summary><c>naming_conventions</c>.</summary>
    NamingConventions,

    /// <summary><c>dependency_graph</c>.</summary>
    DependencyGraph,
}
