namespace SchemaTables;

/// <summary>What is known of a field in one Kubernetes version.</summary>
/// <param name="Type">Its type in the notation of the table.</param>
/// <param name="Required">True when an object without it is refused.</param>
internal readonly record struct FieldFact(string Type, bool Required);
