using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads what a config map's key or an environment variable holds: text, or a mapping that names a source.</summary>
internal static class EntryReader
{
    /// <summary>How the address of a service is written when nothing else is said.</summary>
    public const string DefaultFormat = "http://{host}:{port}";

    private static readonly string[] Kinds = ["value", "fact", "service", "configMap", "secret", "field"];

    private static readonly (string Field, string[] Owners)[] Companions =
    [
        ("port", ["service"]),
        ("format", ["service"]),
        ("key", ["configMap", "secret"]),
    ];

    /// <summary>Reads a value.</summary>
    /// <param name="scope">The document's scope.</param>
    /// <param name="node">The value's node.</param>
    /// <param name="path">Its path.</param>
    /// <param name="fields"><see cref="InventoryFields.Entry"/> or <see cref="InventoryFields.Variable"/>.</param>
    public static EntryValue? Read(ReadScope scope, Node node, string path, FieldSet fields)
    {
        if (node is not MappingNode) return scope.Text(node, path) is { } text ? new EntryValue.Literal(text) : null;
        if (scope.Mapping(node, path, fields) is not { } reader) return null;
        var kinds = Array.FindAll(Kinds, fields.Has);
        var given = Array.FindAll(kinds, reader.Has);
        if (given.Length != 1)
        {
            if (given.Length == 0 && reader.Node["value"] is { } value) return scope.Text(value, reader.PathOf("value")) is { } none ? new EntryValue.Literal(none) : null;
            var summary = given.Length == 0 ? "the value names no source" : $"{string.Join(" and ", given)} exclude each other";
            scope.Report(InventoryCodes.ExcludeEachOther, node, path, summary, $"give one of {string.Join(", ", kinds)}");
            return null;
        }

        foreach (var (field, owners) in Companions)
        {
            if (fields.Has(field) && reader.Has(field) && !owners.Contains(given[0]))
                reader.Report(InventoryCodes.ExcludeEachOther, field, $"'{field}' does not go with '{given[0]}'", $"remove '{field}:'");
        }

        return ReadKind(reader, given[0]);
    }

    private static EntryValue? ReadKind(MappingReader reader, string kind)
    {
        if (reader.Text(kind, RuleFor(kind)) is not { } text) return null;
        if (kind == "value") return new EntryValue.Literal(text);
        if (!text.TryGet(out var name)) return new EntryValue.Literal(text);
        var source = text.Source with { Origin = reader.Path, Place = text.Source.Place };
        switch (kind)
        {
            case "fact":
                return new EntryValue.Fact(name, source);
            case "service":
                var port = reader.Text("port", NameRules.PortName);
                var format = reader.Text("format", Format);
                return new EntryValue.ServiceAddress(name, port?.Content, format?.Content ?? DefaultFormat, source);
            case "field":
                return new EntryValue.PodField(name, source);
            default:
                if (reader.RequiredText("key", NameRules.DataKey) is not { } key) return null;
                return kind == "configMap" ? new EntryValue.ConfigMapKey(name, key.Content, source) : new EntryValue.SecretKey(name, key.Content, source);
        }
    }

    private static TextRule? RuleFor(string kind) => kind switch
    {
        "value" => null,
        "fact" => FactPath,
        "service" => NameRules.ServiceName,
        "field" => PodField,
        _ => NameRules.SharedName,
    };

    private static string? FactPath(string text) => text.Contains('.', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal) ? null : "is no fact (such as database.port)";

    private static string? Format(string text) => text.Contains("{host}", StringComparison.Ordinal) ? null : "does not hold {host} (such as http://{host}:{port})";

    private static string? PodField(string text) =>
        text is "metadata.name" or "metadata.namespace" or "metadata.uid" or "spec.nodeName" or "spec.serviceAccountName" or "status.hostIP" or "status.hostIPs" or "status.podIP" or "status.podIPs"
            || text.StartsWith("metadata.labels['", StringComparison.Ordinal)
            || text.StartsWith("metadata.annotations['", StringComparison.Ordinal)
            ? null
            : "is no field of a pod (metadata.name, metadata.namespace, metadata.uid, metadata.labels['…'], metadata.annotations['…'], spec.nodeName, spec.serviceAccountName, status.hostIP, status.podIP)";
}
