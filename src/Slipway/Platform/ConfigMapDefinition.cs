namespace Slipway.Platform;

/// <summary>A config map.</summary>
/// <param name="Name">A DNS subdomain name, unique.</param>
/// <param name="Entries">Key and value in order of declaration; values are literals, facts or service addresses.</param>
/// <param name="Source">Where it was declared.</param>
public sealed record ConfigMapDefinition(string Name, IReadOnlyList<KeyValuePair<string, EntryValue>> Entries, Provenance Source);
