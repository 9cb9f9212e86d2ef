namespace Slipway.Documents.Reading;

/// <summary>The fields that a mapping may have. It is the declaration that the reader holds to and the published schema is tested against.</summary>
/// <param name="name">What the mapping is, for messages: <c>service</c>, <c>probe</c>.</param>
/// <param name="fields">The names of its fields.</param>
internal sealed class FieldSet(string name, params string[] fields)
{
    /// <summary>What the mapping is.</summary>
    public string Name { get; } = name;

    /// <summary>The names of its fields in order of declaration.</summary>
    public IReadOnlyList<string> Fields { get; } = fields;

    /// <summary>True when the mapping may have the field.</summary>
    public bool Has(string field) => fields.Contains(field, StringComparer.Ordinal);
}
