using Slipway.Coordination.Diagnostics;

namespace Slipway.Platform;

/// <summary>Where a value came from, kept with the value to the generated file (<c>slipway explain</c>).</summary>
/// <param name="Kind">The kind of source.</param>
/// <param name="Origin">
/// The source in the field's words: <c>output.rds_endpoint</c>, <c>services[3].port</c>, <c>tier backend</c>, <c>image of web-ui</c>.
/// </param>
/// <param name="Place">The file and line, where there is one.</param>
public sealed record Provenance(ProvenanceKind Kind, string Origin, SourcePlace? Place = null)
{
    /// <summary>A built-in default; <paramref name="origin"/> says which.</summary>
    public static Provenance Default(string origin) => new(ProvenanceKind.Default, origin);

    /// <summary>A value computed by Slipway; <paramref name="origin"/> names the rule.</summary>
    public static Provenance Derived(string origin) => new(ProvenanceKind.Derived, origin);

    /// <summary>Renders <c>kind origin (file:line:column)</c>.</summary>
    public override string ToString()
    {
        var place = Place is null ? "" : $" ({Place with { Path = null }})";
        return $"{Kind.ToString().ToLowerInvariant()} {Origin}{place}";
    }
}
