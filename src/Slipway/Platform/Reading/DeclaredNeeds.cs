namespace Slipway.Platform.Reading;

/// <summary>
/// What workloads must reach because of what they are given: the services whose addresses they take (directly or from a config map), the
/// database or cache whose host or credentials they take, and AWS when they use the object storage. What a workload says itself wins for
/// database, cache and aws; services are the union.
/// </summary>
/// <param name="configMaps">The config maps of the inventory.</param>
/// <param name="secrets">The secrets of the inventory.</param>
internal sealed class DeclaredNeeds(IReadOnlyList<ConfigMapDefinition> configMaps, IReadOnlyList<SecretDefinition> secrets)
{
    private readonly Dictionary<string, IReadOnlyList<KeyValuePair<string, EntryValue>>> _configMaps =
        configMaps.DistinctBy(map => map.Name, StringComparer.Ordinal).ToDictionary(map => map.Name, map => map.Entries, StringComparer.Ordinal);

    private readonly Dictionary<string, SecretDefinition> _secrets =
        secrets.DistinctBy(secret => secret.Name, StringComparer.Ordinal).ToDictionary(secret => secret.Name, StringComparer.Ordinal);

    /// <summary>The needs of a workload, whole.</summary>
    public EgressNeeds Complete(Workload workload, DeclaredEgress declared)
    {
        var values = ValuesOf(workload).ToList();
        var services = values.OfType<EntryValue.ServiceAddress>().Select(address => address.Service)
            .Concat(declared.Services.Where(service => !service.IsUnknown).Select(service => service.Content))
            .Where(service => service != workload.Name)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        var facts = values.OfType<EntryValue.Fact>().Select(fact => fact.Path).ToHashSet(StringComparer.Ordinal);
        return new EgressNeeds(
            [.. services],
            declared.Database ?? (facts.Contains("database.endpoint") || facts.Contains("database.secret_name")),
            declared.Cache ?? (facts.Contains("cache.primary_endpoint") || facts.Contains("cache.secret_name")),
            declared.Aws ?? workload.ObjectStorage is not null,
            declared.External);
    }

    // Every value that reaches the workload; a secret counts as the fact that names it in the store.
    private IEnumerable<EntryValue> ValuesOf(Workload workload)
    {
        foreach (var variable in workload.Environment)
        {
            yield return variable.Value switch
            {
                EntryValue.ConfigMapKey key when _configMaps.TryGetValue(key.ConfigMap, out var entries) =>
                    entries.FirstOrDefault(entry => entry.Key == key.Key).Value ?? variable.Value,
                EntryValue.SecretKey key when _secrets.TryGetValue(key.Secret, out var secret) => secret.RemoteName,
                _ => variable.Value,
            };
        }

        var mounted = workload.Volumes.OfType<VolumeNeed.ConfigMap>().Select(volume => volume.ConfigMapName);
        foreach (var map in workload.EnvironmentFromConfigMaps.Select(name => name.ToString()).Concat(mounted))
        {
            if (!_configMaps.TryGetValue(map, out var entries)) continue;
            foreach (var entry in entries) yield return entry.Value;
        }

        var files = workload.Volumes.OfType<VolumeNeed.Secret>().Select(volume => volume.SecretName);
        foreach (var name in workload.EnvironmentFromSecrets.Select(name => name.ToString()).Concat(files))
        {
            if (_secrets.TryGetValue(name, out var secret)) yield return secret.RemoteName;
        }
    }
}
