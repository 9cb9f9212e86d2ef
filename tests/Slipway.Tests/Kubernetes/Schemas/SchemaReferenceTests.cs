using System.Text.Json;
using Slipway.Kubernetes.Schemas;
using Slipway.Testing.Repository;

namespace Slipway.Tests.Kubernetes.Schemas;

/// <summary>Holds the tables against the API server's own, where these are at hand.</summary>
public sealed class SchemaReferenceTests
{
    private static readonly string[] WrittenByTheCluster = ["status", "apiVersion", "kind"];

    public static TheoryData<string, string> Versions => new() { { "1.32", "1.32.13" }, { "1.33", "1.33.12" }, { "1.34", "1.34.9" }, { "1.35", "1.35.6" }, { "1.36", "1.36.2" } };

    [Theory]
    [MemberData(nameof(Versions))]
    public void Kinds_OfEveryVersion_AreThoseOfTheServer(string version, string release)
    {
        using var reference = Open(release);
        var catalog = SchemaCatalog.For(KubernetesVersion.Parse(version)!.Value);

        foreach (var (name, schema) in Schemas(reference))
        {
            foreach (var identity in Identities(schema))
            {
                if (IsAboutTheApi(name, identity.Kind)) continue;
                var kind = catalog.Find(identity.ApiVersion, identity.Kind);
                Assert.True(kind is not null, $"{identity} is missing in {version}");
                Assert.Equal(Short(name), kind.TypeName);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Fields_OfEveryVersion_AreThoseOfTheServer(string version, string release)
    {
        using var reference = Open(release);
        var catalog = SchemaCatalog.For(KubernetesVersion.Parse(version)!.Value);
        var problems = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var schemas = Schemas(reference).ToDictionary(entry => Short(entry.Name), entry => entry.Schema, StringComparer.Ordinal);
        var open = new Queue<string>(catalog.BuiltInKinds.Select(kind => kind.TypeName).Where(schemas.ContainsKey));
        while (open.TryDequeue(out var name))
        {
            if (!seen.Add(name)) continue;
            Compare(name, schemas[name], catalog.Type(name), problems);
            foreach (var reached in catalog.Type(name).Fields.Values.Select(field => TypeName(field.Type)).OfType<string>().Where(schemas.ContainsKey)) open.Enqueue(reached);
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
        Assert.True(seen.Count > 200, $"only {seen.Count} types were compared");
    }

    private static void Compare(string name, JsonElement schema, TypeSchema type, List<string> problems)
    {
        if (!schema.TryGetProperty("properties", out var properties)) return;
        var required = schema.TryGetProperty("required", out var list) ? list.EnumerateArray().Select(item => item.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        foreach (var property in properties.EnumerateObject())
        {
            if (WrittenByTheCluster.Contains(property.Name)) continue;
            if (!type.Fields.TryGetValue(property.Name, out var field))
            {
                problems.Add($"{name}.{property.Name} is missing");
                continue;
            }

            if (field.Required != required.Contains(property.Name)) problems.Add($"{name}.{property.Name}: required is {field.Required}");
            if (Notation(property.Value) is var expected && expected != Notation(field.Type)) problems.Add($"{name}.{property.Name}: {Notation(field.Type)} instead of {expected}");
            CompareValues(name, property, field, problems);
        }

        foreach (var field in type.Fields.Keys.Where(field => !properties.TryGetProperty(field, out _) && !WrittenByTheCluster.Contains(field))) problems.Add($"{name}.{field} does not exist");
    }

    // Only the newest reference lists enumerated values; where it does, they must be ours.
    private static void CompareValues(string name, JsonProperty property, FieldSchema field, List<string> problems)
    {
        if (!property.Value.TryGetProperty("enum", out var values)) return;
        var expected = values.EnumerateArray().Select(value => value.GetString()!).Order(StringComparer.Ordinal);
        if (!expected.SequenceEqual((field.Type.Values ?? []).Order(StringComparer.Ordinal))) problems.Add($"{name}.{property.Name}: other values than {string.Join('|', expected)}");
    }

    private static string Notation(JsonElement schema)
    {
        if (Reference(schema) is { } reference)
        {
            return Short(reference) switch
            {
                "api.resource.Quantity" => "quantity",
                "util.intstr.IntOrString" => "intOrString",
                "meta.v1.Time" or "meta.v1.MicroTime" => "time",
                "pkg.runtime.RawExtension" or "meta.v1.FieldsV1" => "any",
                var name => name,
            };
        }

        return (schema.TryGetProperty("type", out var type) ? type.GetString() : null, schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
        {
            ("array", _) => $"[{Notation(schema.GetProperty("items"))}]",
            ("object", _) => schema.TryGetProperty("additionalProperties", out var element) ? $"{{{Notation(element)}}}" : "any",
            ("integer", _) => "int",
            ("boolean", _) => "bool",
            ("number", _) => "number",
            ("string", "byte") => "base64",
            ("string", "date-time") => "time",
            ("string", "int-or-string") => "intOrString",
            ("string", _) => "string",
            _ => "any",
        };
    }

    private static string Notation(FieldType type) => type.Kind switch
    {
        FieldKind.List => $"[{Notation(type.Element!)}]",
        FieldKind.Map => $"{{{Notation(type.Element!)}}}",
        FieldKind.Object => type.TypeName!,
        FieldKind.Text => "string",
        FieldKind.Integer => "int",
        FieldKind.Boolean => "bool",
        FieldKind.IntOrString => "intOrString",
        _ => type.Kind.ToString().ToLowerInvariant(),
    };

    private static string? TypeName(FieldType type) => type.TypeName ?? (type.Element is { } element ? TypeName(element) : null);

    private static string? Reference(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var direct)) return direct.GetString();
        return schema.TryGetProperty("allOf", out var all) && all[0].TryGetProperty("$ref", out var wrapped) ? wrapped.GetString() : null;
    }

    private static string Short(string name) => string.Join('.', name.Split('/')[^1].Split('.')[^3..]);

    // What only a client of the API sees, never a manifest, and List, whose items are taken one by one.
    private static bool IsAboutTheApi(string name, string kind) =>
        name.Contains(".meta.v1.", StringComparison.Ordinal) || kind is "DeleteOptions" or "WatchEvent" || name.EndsWith(".EventList", StringComparison.Ordinal);

    private static IEnumerable<(string ApiVersion, string Kind)> Identities(JsonElement schema)
    {
        if (!schema.TryGetProperty("x-kubernetes-group-version-kind", out var list)) yield break;
        foreach (var item in list.EnumerateArray())
        {
            var group = item.GetProperty("group").GetString()!;
            var version = item.GetProperty("version").GetString()!;
            yield return (group.Length == 0 ? version : $"{group}/{version}", item.GetProperty("kind").GetString()!);
        }
    }

    private static IEnumerable<(string Name, JsonElement Schema)> Schemas(JsonDocument reference) =>
        reference.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(entry => (entry.Name, entry.Value));

    private static JsonDocument Open(string release)
    {
        var file = RepositoryRoot.Shared("reference", "kubernetes-schemas", $"kubernetes-v{release}.json");
        if (file is null) Assert.Skip("the reference schemas are not at hand");
        return JsonDocument.Parse(File.ReadAllBytes(file!));
    }
}
