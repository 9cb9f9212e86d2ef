using System.Text.Json;

namespace SchemaTables;

/// <summary>Reads the types of Kubernetes out of the <c>.jsii</c> file of a cdk8s-plus package; descriptions are left behind.</summary>
internal sealed class JsiiReader(string assembly, JsonElement types)
{
    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["admissionregistration"] = "admissionregistration.k8s.io",
        ["apiserverinternal"] = "internal.apiserver.k8s.io",
        ["authentication"] = "authentication.k8s.io",
        ["authorization"] = "authorization.k8s.io",
        ["certificates"] = "certificates.k8s.io",
        ["coordination"] = "coordination.k8s.io",
        ["core"] = "",
        ["discovery"] = "discovery.k8s.io",
        ["events"] = "events.k8s.io",
        ["flowcontrol"] = "flowcontrol.apiserver.k8s.io",
        ["networking"] = "networking.k8s.io",
        ["node"] = "node.k8s.io",
        ["rbac"] = "rbac.authorization.k8s.io",
        ["resource"] = "resource.k8s.io",
        ["scheduling"] = "scheduling.k8s.io",
        ["storage"] = "storage.k8s.io",
        ["storagemigration"] = "storagemigration.k8s.io",
        ["apiextensions"] = "apiextensions.k8s.io",
        ["apiregistration"] = "apiregistration.k8s.io",
    };

    public static ApiTables Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var reader = new JsiiReader(document.RootElement.GetProperty("name").GetString()!, document.RootElement.GetProperty("types"));
        return reader.ReadAll();
    }

    private ApiTables ReadAll()
    {
        var tables = new ApiTables();
        foreach (var (name, type) in types.EnumerateObject().Select(entry => (entry.Name, entry.Value)))
        {
            if (!name.StartsWith($"{assembly}.k8s.", StringComparison.Ordinal) || type.GetProperty("kind").GetString() != "interface") continue;
            if (SchemaOf(type) is not { } schema) continue;
            var fields = new SortedDictionary<string, FieldFact>(StringComparer.Ordinal);
            if (type.TryGetProperty("properties", out var properties))
            {
                foreach (var property in properties.EnumerateArray())
                {
                    var optional = property.TryGetProperty("optional", out var value) && value.GetBoolean();
                    fields[SchemaOf(property)!.Split('#')[1]] = new FieldFact(TypeOf(property.GetProperty("type")), !optional);
                }
            }

            var shortName = ShortName(schema);
            tables.Types[shortName] = fields;
            var local = name[(name.LastIndexOf('.') + 1)..];
            if (local.StartsWith("Kube", StringComparison.Ordinal) && local.EndsWith("Props", StringComparison.Ordinal)) AddKind(tables, shortName, fields);
        }

        return tables;
    }

    private static void AddKind(ApiTables tables, string name, SortedDictionary<string, FieldFact> fields)
    {
        var parts = name.Split('.');
        if (parts[0] == "meta") return;
        var group = Groups.GetValueOrDefault(parts[0], parts[0]);
        var apiVersion = group.Length == 0 ? parts[1] : $"{group}/{parts[1]}";
        tables.Kinds[$"{apiVersion} {parts[2]}"] = name;

        // Optional, since some kinds also stand inside others (a claim in a StatefulSet); what stands by itself must say what it is anyway.
        fields["apiVersion"] = new FieldFact("string", false);
        fields["kind"] = new FieldFact("string", false);

        // Written by the cluster; what a manifest says there is thrown away.
        if (!parts[2].EndsWith("List", StringComparison.Ordinal)) fields.TryAdd("status", new FieldFact("any", false));
    }

    private static string? SchemaOf(JsonElement element) =>
        element.TryGetProperty("docs", out var docs) && docs.TryGetProperty("custom", out var custom) && custom.TryGetProperty("schema", out var schema)
            ? schema.GetString()
            : null;

    private static string ShortName(string schema)
    {
        var parts = schema.Split('.');
        return string.Join('.', parts[^3..]);
    }

    private string TypeOf(JsonElement type)
    {
        if (type.TryGetProperty("primitive", out var primitive))
        {
            return primitive.GetString() switch
            {
                "number" => "int",
                "boolean" => "bool",
                "string" => "string",
                "date" => "time",
                _ => "any",
            };
        }

        if (type.TryGetProperty("collection", out var collection))
        {
            var element = TypeOf(collection.GetProperty("elementtype"));
            return collection.GetProperty("kind").GetString() == "array" ? $"[{element}]" : $"{{{element}}}";
        }

        var reference = type.GetProperty("fqn").GetString()!;
        var target = types.GetProperty(reference);
        return (target.GetProperty("kind").GetString(), SchemaOf(target)) switch
        {
            (_, { } schema) when schema.EndsWith(".Quantity", StringComparison.Ordinal) => "quantity",
            (_, { } schema) when schema.EndsWith(".IntOrString", StringComparison.Ordinal) => "intOrString",
            ("enum", _) => "string",
            ("interface", { } schema) => ShortName(schema),
            _ => "any",
        };
    }
}
