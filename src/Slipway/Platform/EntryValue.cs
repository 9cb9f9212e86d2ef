namespace Slipway.Platform;

/// <summary>What a config map entry or an environment variable holds. A closed set.</summary>
public abstract record EntryValue
{
    private EntryValue()
    {
    }

    /// <summary>Fixed text.</summary>
    /// <param name="Text">The text, or unknown.</param>
    public sealed record Literal(Value<string> Text) : EntryValue;

    /// <summary>A fact of the infrastructure, looked up when the model is built; a finished model holds none.</summary>
    /// <param name="Path">Such as <c>database.port</c>, <c>project.region</c>.</param>
    /// <param name="Source">Where the reference stands.</param>
    public sealed record Fact(string Path, Provenance Source) : EntryValue;

    /// <summary>The address of another service; an environment's name prefix changes it.</summary>
    /// <param name="Service">The other workload's name.</param>
    /// <param name="Port">The name of its port, or null for its main one.</param>
    /// <param name="Format">The text with <c>{host}</c> and <c>{port}</c>; <c>http://{host}:{port}</c> by default.</param>
    /// <param name="Source">Where the reference stands.</param>
    public sealed record ServiceAddress(string Service, string? Port, string Format, Provenance Source) : EntryValue;

    /// <summary>A key of a config map.</summary>
    /// <param name="ConfigMap">The config map's name.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Source">Where the reference stands.</param>
    public sealed record ConfigMapKey(string ConfigMap, string Key, Provenance Source) : EntryValue;

    /// <summary>A key of a secret.</summary>
    /// <param name="Secret">The secret's name.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Source">Where the reference stands.</param>
    public sealed record SecretKey(string Secret, string Key, Provenance Source) : EntryValue;

    /// <summary>A field of the pod itself, by the downward API.</summary>
    /// <param name="FieldPath">Such as <c>metadata.name</c>, <c>status.podIP</c>.</param>
    /// <param name="Source">Where the reference stands.</param>
    public sealed record PodField(string FieldPath, Provenance Source) : EntryValue;
}
