using Slipway.Documents;

namespace Slipway.Platform.Reading;

/// <summary>Writes what <see cref="EntryReader"/> and <see cref="EnvironmentReader"/> read.</summary>
internal static class EntryWriter
{
    /// <summary>Writes a value.</summary>
    public static Node Write(EntryValue value) => value switch
    {
        EntryValue.Literal literal => InventoryNodes.Text(literal.Text),
        EntryValue.Fact fact => Of("fact", fact.Path, fact.Source),
        EntryValue.ServiceAddress address => WriteAddress(address),
        EntryValue.ConfigMapKey key => Of("configMap", key.ConfigMap, key.Source).Add("key", ScalarNode.Of(key.Key, key.Source)),
        EntryValue.SecretKey key => Of("secret", key.Secret, key.Source).Add("key", ScalarNode.Of(key.Key, key.Source)),
        EntryValue.PodField field => Of("field", field.FieldPath, field.Source),
        _ => throw new ArgumentException($"There is no way to write a {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Writes <c>env</c>: grouped by source where that keeps the order of the variables, else each on its own.</summary>
    public static MappingNode WriteEnvironment(Workload workload)
    {
        var wholeMaps = workload.EnvironmentFromConfigMaps;
        var wholeSecrets = workload.EnvironmentFromSecrets;
        var fromMaps = Groups(workload.Environment, value => value is EntryValue.ConfigMapKey key ? (key.ConfigMap, key.Key) : null);
        var fromSecrets = Groups(workload.Environment, value => value is EntryValue.SecretKey key ? (key.Secret, key.Key) : null);
        var literals = workload.Environment.Where(variable => variable.Value is not (EntryValue.ConfigMapKey or EntryValue.SecretKey)).ToList();
        var grouped = fromMaps.Concat(fromSecrets).SelectMany(group => group.Variables).Concat(literals);
        if (!grouped.SequenceEqual(workload.Environment)
            || fromMaps.Any(group => wholeMaps.Any(whole => whole.ToString() == group.Name))
            || fromSecrets.Any(group => wholeSecrets.Any(whole => whole.ToString() == group.Name)))
        {
            (fromMaps, fromSecrets, literals) = ([], [], [.. workload.Environment]);
        }

        var variables = new MappingNode();
        foreach (var literal in literals) variables.Add(literal.Name, Write(literal.Value));
        return new MappingNode()
            .AddIf("fromConfigMaps", WriteSources(wholeMaps, fromMaps))
            .AddIf("fromSecrets", WriteSources(wholeSecrets, fromSecrets))
            .AddIf("literals", variables);
    }

    private static MappingNode WriteAddress(EntryValue.ServiceAddress address)
    {
        var node = Of("service", address.Service, address.Source);
        if (address.Port is { } port) node.Add("port", ScalarNode.Of(port, address.Source));
        return node.Add("format", ScalarNode.Of(address.Format, address.Source));
    }

    private static MappingNode Of(string key, string text, Provenance source) => new MappingNode().Add(key, ScalarNode.Of(text, source));

    private static List<Group> Groups(IEnumerable<EnvironmentVariable> variables, Func<EntryValue, (string Name, string Key)?> reference) =>
    [
        .. variables
            .Where(variable => reference(variable.Value) is not null)
            .GroupBy(variable => reference(variable.Value)!.Value.Name, StringComparer.Ordinal)
            .Select(group => new Group(group.Key, [.. group], [.. group.Select(variable => reference(variable.Value)!.Value.Key)])),
    ];

    private static MappingNode WriteSources(IReadOnlyList<Value<string>> whole, List<Group> groups)
    {
        var sources = new MappingNode();
        foreach (var name in whole) sources.Add(name.ToString(), ScalarNode.Of("*", name.Source));
        foreach (var group in groups)
        {
            var isPlain = group.Variables.Select(variable => variable.Name).SequenceEqual(group.Keys, StringComparer.Ordinal);
            if (isPlain)
            {
                sources.Add(group.Name, new SequenceNode(group.Variables.Select(variable => ScalarNode.Of(variable.Name, SourceOf(variable.Value)))));
                continue;
            }

            var renamed = new MappingNode();
            for (var at = 0; at < group.Keys.Count; at++) renamed.Add(group.Variables[at].Name, ScalarNode.Of(group.Keys[at], SourceOf(group.Variables[at].Value)));
            sources.Add(group.Name, renamed);
        }

        return sources;
    }

    private static Provenance? SourceOf(EntryValue value) => value switch
    {
        EntryValue.ConfigMapKey key => key.Source,
        EntryValue.SecretKey key => key.Source,
        _ => null,
    };

    private sealed record Group(string Name, IReadOnlyList<EnvironmentVariable> Variables, IReadOnlyList<string> Keys);
}
