namespace Slipway.Kubernetes.Schemas;

/// <summary>The fields of an object.</summary>
/// <param name="Name">The type's name in the tables.</param>
/// <param name="Fields">Its fields by name.</param>
/// <param name="Additional">The type of fields not named; null when there may be none.</param>
internal sealed record TypeSchema(string Name, IReadOnlyDictionary<string, FieldSchema> Fields, FieldType? Additional = null);
