namespace Slipway.Context;

/// <summary>A fact that the context bridge looks for, and the conventional names of the outputs that hold it.</summary>
/// <param name="Path">The fact's path and the key of a mapping: <c>database.endpoint</c>.</param>
/// <param name="Shape">What its value must look like.</param>
public sealed record FactDefinition(string Path, FactShape Shape)
{
    /// <summary>Names of outputs that mean this fact wherever they stand. A dot leads into an object.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Names of outputs taken only when none of the others is there, because they often mean something else.</summary>
    public IReadOnlyList<string> WeakNames { get; init; } = [];

    /// <summary>
    /// Names of attributes inside an object that is called like the section (<c>rds.endpoint</c>); prefixed with such a name
    /// they are outputs too (<c>rds_endpoint</c>). A dot leads into an object or a list of one.
    /// </summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Attributes taken only when none of the others is there, because they often mean something else.</summary>
    public IReadOnlyList<string> WeakAttributes { get; init; } = [];

    /// <summary>Names of outputs that several sections use, with the text that the value must hold to mean this one: <c>cluster_endpoint</c> and <c>.rds.</c>.</summary>
    public IReadOnlyDictionary<string, string> SharedNames { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the value is recognised by where no name tells it, or null.</summary>
    internal FactForm? Form { get; init; }

    /// <summary>What is done when no output is there, for the documentation; null when the fact is then missing.</summary>
    public string? Otherwise { get; init; }

    /// <summary>False when nothing is written in the fact's absence. Default: true.</summary>
    public bool Required { get; init; } = true;

    /// <summary>The context files that hold the fact, and the generated files that need it.</summary>
    public IReadOnlyList<string> NeededBy { get; init; } = [];
}
