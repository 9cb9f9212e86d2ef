namespace Slipway.Kubernetes.Schemas;

/// <summary>A field of a type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Required">True when an object without it is refused.</param>
internal sealed record FieldSchema(string Name, FieldType Type, bool Required);
