using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>
/// Reads <c>env</c>. Under <c>fromConfigMaps</c> and <c>fromSecrets</c> stand, by name, a list of keys, a mapping from variable to key, or
/// <c>"*"</c> for the whole.
/// </summary>
internal sealed class EnvironmentReader
{
    private readonly List<EnvironmentVariable> _variables = [];
    private readonly List<Value<string>> _wholeConfigMaps = [];
    private readonly List<Value<string>> _wholeSecrets = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ReadScope _scope;

    private EnvironmentReader(ReadScope scope) => _scope = scope;

    /// <summary>The variables in order: from config maps, from secrets, literals.</summary>
    public IReadOnlyList<EnvironmentVariable> Variables => _variables;

    /// <summary>Config maps taken whole.</summary>
    public IReadOnlyList<Value<string>> WholeConfigMaps => _wholeConfigMaps;

    /// <summary>Secrets taken whole.</summary>
    public IReadOnlyList<Value<string>> WholeSecrets => _wholeSecrets;

    /// <summary>Reads the field <c>env</c> of a service.</summary>
    public static EnvironmentReader Read(MappingReader service)
    {
        var reader = new EnvironmentReader(service.Scope);
        if (service.Mapping("env", InventoryFields.Environment) is not { } env) return reader;
        foreach (var entry in env.Entries("fromConfigMaps"))
            reader.ReadSource(entry, reader._wholeConfigMaps, (key, source) => new EntryValue.ConfigMapKey(entry.Key, key, source));
        foreach (var entry in env.Entries("fromSecrets"))
            reader.ReadSource(entry, reader._wholeSecrets, (key, source) => new EntryValue.SecretKey(entry.Key, key, source));
        foreach (var entry in env.Entries("literals"))
        {
            if (EntryReader.Read(reader._scope, entry.Value, entry.Path, InventoryFields.Variable) is { } value) reader.Add(entry, entry.Key, value);
        }

        return reader;
    }

    private void ReadSource(FreeEntry entry, List<Value<string>> whole, Func<string, Provenance, EntryValue> make)
    {
        if (NameRules.SharedName(entry.Key) is { } complaint) _scope.Report(_scope.Codes.BadValue, entry.KeyPlace, $"'{entry.Key}' {complaint}");
        switch (entry.Value)
        {
            case ScalarNode { Text: "*" } or ScalarNode { Kind: ScalarKind.Boolean, Text: "true" }:
                whole.Add(Value.Known(entry.Key, new Provenance(_scope.SourceOf(entry.Value, entry.Path).Kind, entry.Path, entry.KeyPlace)));
                break;
            case SequenceNode keys:
                for (var at = 0; at < keys.Count; at++)
                {
                    var path = $"{entry.Path}[{at}]";
                    if (_scope.Text(keys[at], path, NameRules.DataKey) is not { } key) continue;
                    Add(entry with { Value = keys[at], Path = path, KeyPlace = keys[at].PlaceIn(_scope.File, path) }, key.Content, make(key.Content, key.Source));
                }

                break;
            case MappingNode renamed:
                foreach (var pair in renamed)
                {
                    var variable = FreeEntry.Of(_scope, pair, entry.Path);
                    if (_scope.Text(pair.Value, variable.Path, NameRules.DataKey) is { } key) Add(variable, pair.Key, make(key.Content, key.Source));
                }

                break;
            default:
                _scope.Report(_scope.Codes.WrongType, entry.Value, entry.Path, $"'{entry.Path}' is neither keys nor the whole", "list the keys ([KEY, …]), map variables to keys ({VARIABLE: KEY}), or write \"*\"");
                break;
        }
    }

    private void Add(FreeEntry entry, string name, EntryValue value)
    {
        if (NameRules.VariableName(name) is { } complaint) _scope.Report(_scope.Codes.BadValue, entry.KeyPlace, $"'{name}' {complaint}");
        else if (!_names.Add(name)) _scope.Report(InventoryCodes.DuplicateName, entry.KeyPlace, $"the variable '{name}' is set twice", "remove one of the two");
        else _variables.Add(new EnvironmentVariable(name, value));
    }
}
