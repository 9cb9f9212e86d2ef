using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads what services share: config maps and secrets.</summary>
internal static class SharedReader
{
    /// <summary>Where a secret lies in the store when it does not say; the builder fills project and environment in.</summary>
    public const string DefaultRemote = "{project}/{environment}/";

    /// <summary>Reads the root's <c>configMaps</c>.</summary>
    public static IReadOnlyList<ConfigMapDefinition> ReadConfigMaps(MappingReader root)
    {
        var scope = root.Scope;
        var maps = new List<ConfigMapDefinition>();
        foreach (var map in root.Entries("configMaps"))
        {
            Judge(scope, map, NameRules.SharedName);
            var entries = new List<KeyValuePair<string, EntryValue>>();
            foreach (var entry in EntriesOf(scope, map))
            {
                Judge(scope, entry, NameRules.DataKey);
                if (EntryReader.Read(scope, entry.Value, entry.Path, InventoryFields.Entry) is { } value) entries.Add(new(entry.Key, value));
                else entries.Add(new(entry.Key, new EntryValue.Literal(Value.Default("", "unreadable value"))));
            }

            maps.Add(new ConfigMapDefinition(map.Key, entries, SourceOf(scope, map)));
        }

        return maps;
    }

    /// <summary>Reads the root's <c>secrets</c>.</summary>
    public static IReadOnlyList<SecretDefinition> ReadSecrets(MappingReader root)
    {
        var scope = root.Scope;
        var secrets = new List<SecretDefinition>();
        foreach (var entry in root.Entries("secrets"))
        {
            Judge(scope, entry, NameRules.SharedName);
            if (scope.Mapping(entry.Value, entry.Path, InventoryFields.Secret) is not { } reader)
            {
                secrets.Add(new SecretDefinition(entry.Key, new EntryValue.Literal(Value.Default("", "unreadable value")), [], false, SourceOf(scope, entry)));
                continue;
            }

            var remote = reader.Get("remote") is { } node ? ReadRemote(scope, node, reader.PathOf("remote")) : null;
            remote ??= new EntryValue.Literal(Value.Default($"{DefaultRemote}{entry.Key}", $"secret {entry.Key}"));
            var keys = ReadKeys(reader);
            if (keys.Count == 0 && !reader.Has("keys")) reader.ReportMissing("keys", "list the keys: 'keys: [KEY]'");
            secrets.Add(new SecretDefinition(entry.Key, remote, keys, reader.Boolean("fromTerraform") ?? remote is EntryValue.Fact, SourceOf(scope, entry)));
        }

        return secrets;
    }

    private static EntryValue? ReadRemote(ReadScope scope, Node node, string path)
    {
        var value = EntryReader.Read(scope, node, path, InventoryFields.Entry);
        if (value is not EntryValue.ServiceAddress) return value;
        scope.Report(scope.Codes.BadValue, node, path, "a secret's name in the store is no service address", "write its name, or {fact: …}");
        return null;
    }

    private static List<SecretKeyDefinition> ReadKeys(MappingReader reader)
    {
        var scope = reader.Scope;
        var keys = new List<SecretKeyDefinition>();
        if (reader.Get("keys") is SequenceNode)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (node, path) in reader.Items("keys"))
            {
                if (scope.Text(node, path, NameRules.DataKey) is not { IsUnknown: false } key) continue;
                if (names.Add(key.Content)) keys.Add(new SecretKeyDefinition(key.Content, key.Content, null, key.Source));
                else scope.Report(InventoryCodes.DuplicateName, node, path, $"the key '{key.Content}' is listed twice", "remove one of the two");
            }

            return keys;
        }

        foreach (var entry in reader.Entries("keys"))
        {
            Judge(scope, entry, NameRules.DataKey);
            keys.Add(ReadKey(scope, entry));
        }

        return keys;
    }

    private static SecretKeyDefinition ReadKey(ReadScope scope, FreeEntry entry)
    {
        var source = SourceOf(scope, entry);
        if (ReadScope.IsAbsent(entry.Value)) return new SecretKeyDefinition(entry.Key, entry.Key, null, source);
        if (entry.Value is not MappingNode) return new SecretKeyDefinition(entry.Key, scope.Text(entry.Value, entry.Path, Property)?.Content ?? entry.Key, null, source);
        var reader = scope.Mapping(entry.Value, entry.Path, InventoryFields.SecretKey)!;
        var property = reader.Text("property", Property);
        var template = reader.Text("template", Template);
        if (reader.Has("property") == reader.Has("template"))
            scope.Report(InventoryCodes.ExcludeEachOther, reader.Place, "a secret's key has exactly one of 'property' and 'template'", "give one of the two");
        return new SecretKeyDefinition(entry.Key, template is null ? property?.Content ?? entry.Key : null, template?.Content, source);
    }

    private static string? Property(string text) => text.Length > 0 ? null : "is no property";

    private static string? Template(string text) =>
        text.Contains("{{", StringComparison.Ordinal) && text.Contains("}}", StringComparison.Ordinal)
            ? null
            : "takes nothing from the secret (a template such as \"redis://:{{ .password }}@{{ .host }}:{{ .port }}\" does)";

    private static IReadOnlyList<FreeEntry> EntriesOf(ReadScope scope, FreeEntry map)
    {
        if (map.Value is MappingNode mapping) return [.. mapping.Select(entry => FreeEntry.Of(scope, entry, map.Path))];
        if (!ReadScope.IsAbsent(map.Value))
            scope.Report(scope.Codes.WrongType, map.Value, map.Path, $"'{map.Path}' must be a mapping but is {ReadScope.Describe(map.Value)}", "write 'KEY: value' lines below it");
        return [];
    }

    private static void Judge(ReadScope scope, FreeEntry entry, TextRule rule)
    {
        if (rule(entry.Key) is { } complaint) scope.Report(scope.Codes.BadValue, entry.KeyPlace, $"'{entry.Key}' {complaint}");
    }

    private static Provenance SourceOf(ReadScope scope, FreeEntry entry) =>
        new(scope.SourceOf(entry.Value is MappingNode ? entry.Value : new MappingNode(), entry.Path).Kind, entry.Path, entry.KeyPlace);
}
