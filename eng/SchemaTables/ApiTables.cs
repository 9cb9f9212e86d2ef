namespace SchemaTables;

/// <summary>The types and kinds of one Kubernetes version.</summary>
internal sealed class ApiTables
{
    /// <summary>Type name to its fields, in order of name.</summary>
    public SortedDictionary<string, SortedDictionary<string, FieldFact>> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Kinds as <c>apiVersion kind</c> with the type that describes them.</summary>
    public SortedDictionary<string, string> Kinds { get; } = new(StringComparer.Ordinal);

    public ApiTables Copy()
    {
        var copy = new ApiTables();
        foreach (var (name, fields) in Types) copy.Types[name] = new SortedDictionary<string, FieldFact>(fields, StringComparer.Ordinal);
        foreach (var (kind, type) in Kinds) copy.Kinds[kind] = type;
        return copy;
    }
}
