using Slipway.Documents;
using Slipway.Kubernetes.Schemas.Rules;

namespace Slipway.Kubernetes.Schemas;

/// <summary>Reads the schema of a custom kind out of its CustomResourceDefinition (<c>openAPIV3Schema</c>).</summary>
internal static class CustomResourceReader
{
    /// <summary>Adds every served version of a definition to a catalog.</summary>
    /// <returns>How many kinds were added; 0 when the document is no definition or has no schema.</returns>
    public static int Add(SchemaCatalog catalog, MappingNode definition)
    {
        if (definition.Text("kind") != "CustomResourceDefinition" || definition.Mapping("spec") is not { } spec) return 0;
        if (spec.Text("group") is not { } group || spec.Mapping("names")?.Text("kind") is not { } kind) return 0;
        var added = 0;
        foreach (var version in (spec.Sequence("versions") ?? []).OfType<MappingNode>())
        {
            if (version.Text("name") is not { } name || version.Text("served") == "false") continue;
            if (version.Mapping("schema")?.Mapping("openAPIV3Schema") is not { } schema) continue;
            var types = new Dictionary<string, TypeSchema>(StringComparer.Ordinal);
            var root = $"{group}/{name}/{kind}";
            AddRoot(types, root, schema);
            catalog.Add(
                new KindSchema($"{group}/{name}", kind, spec.Text("scope") != "Cluster", root) { Rules = ValueRulesReader.Read(schema), Expressions = CountExpressions(schema) },
                types.Values);
            added++;
        }

        return added;
    }

    private static void AddRoot(Dictionary<string, TypeSchema> types, string name, MappingNode schema)
    {
        AddObject(types, name, schema);
        var fields = new Dictionary<string, FieldSchema>(types[name].Fields, StringComparer.Ordinal);
        AddIdentity(fields);
        fields["status"] = new FieldSchema("status", FieldType.Any, false);
        types[name] = types[name] with { Fields = fields };
    }

    private static void AddIdentity(Dictionary<string, FieldSchema> fields)
    {
        fields["apiVersion"] = new FieldSchema("apiVersion", new FieldType(FieldKind.Text), true);
        fields["kind"] = new FieldSchema("kind", new FieldType(FieldKind.Text), true);
        fields["metadata"] = new FieldSchema("metadata", new FieldType(FieldKind.Object, TypeName: "meta.v1.ObjectMeta"), false);
    }

    private static void AddObject(Dictionary<string, TypeSchema> types, string name, MappingNode schema)
    {
        var required = (schema.Sequence("required") ?? []).OfType<ScalarNode>().Select(item => item.Text).ToHashSet(StringComparer.Ordinal);
        var fields = new Dictionary<string, FieldSchema>(StringComparer.Ordinal);
        foreach (var property in schema.Mapping("properties") ?? [])
        {
            var child = property.Value as MappingNode ?? [];

            // The server fills in a default before it asks for what is required.
            fields.Add(property.Key, new FieldSchema(property.Key, TypeOf(types, $"{name}.{property.Key}", child), required.Contains(property.Key) && !child.Has("default")));
        }

        if (IsTrue(schema, "x-kubernetes-embedded-resource")) AddIdentity(fields);
        types[name] = new TypeSchema(name, fields, IsTrue(schema, "x-kubernetes-preserve-unknown-fields") ? FieldType.Any : null);
    }

    private static FieldType TypeOf(Dictionary<string, TypeSchema> types, string name, MappingNode schema) => ShapeOf(types, name, schema) with
    {
        Rules = ValueRulesReader.Read(schema),
        Nullable = IsTrue(schema, "nullable") ? true : schema.Has("default") || !schema.Has("type") ? null : false,
    };

    private static FieldType ShapeOf(Dictionary<string, TypeSchema> types, string name, MappingNode schema)
    {
        if (IsTrue(schema, "x-kubernetes-int-or-string")) return new FieldType(FieldKind.IntOrString);
        switch (schema.Text("type"))
        {
            case "object" when schema.Mapping("additionalProperties") is { } element:
                return new FieldType(FieldKind.Map, TypeOf(types, $"{name}.*", element));
            case "object" when !schema.Has("additionalProperties"):
                AddObject(types, name, schema);
                return new FieldType(FieldKind.Object, TypeName: name);
            case "array":
                return new FieldType(FieldKind.List, schema.Mapping("items") is { } items ? TypeOf(types, $"{name}[]", items) : FieldType.Any);
            case "string":
                var values = schema.Sequence("enum")?.OfType<ScalarNode>().Select(item => item.Text).ToList();
                return schema.Text("format") == "date-time" ? new FieldType(FieldKind.Time) : new FieldType(FieldKind.Text, Values: values);
            case "integer":
                return new FieldType(FieldKind.Integer);
            case "number":
                return new FieldType(FieldKind.Number);
            case "boolean":
                return new FieldType(FieldKind.Boolean);
            default:
                return FieldType.Any;
        }
    }

    private static int CountExpressions(Node node) => node switch
    {
        MappingNode mapping => mapping.Sum(entry => entry is { Key: "x-kubernetes-validations", Value: SequenceNode list } ? list.Count : CountExpressions(entry.Value)),
        SequenceNode list => list.Sum(CountExpressions),
        _ => 0,
    };

    private static bool IsTrue(MappingNode schema, string key) => schema.Text(key) == "true";
}
