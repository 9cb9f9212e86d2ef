using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Finds references inside an inventory that lead nowhere: to services, ports, config maps, secrets, keys and accounts.</summary>
internal sealed class InventoryReferences
{
    private readonly ICollection<Diagnostic> _problems;
    private readonly Inventory _inventory;
    private readonly Dictionary<string, Workload> _workloads;
    private readonly Dictionary<string, HashSet<string>> _configMaps;
    private readonly Dictionary<string, HashSet<string>> _secrets;
    private readonly HashSet<string> _accounts;

    private InventoryReferences(Inventory inventory, ICollection<Diagnostic> problems)
    {
        _problems = problems;
        _inventory = inventory;
        _workloads = inventory.Workloads.DistinctBy(workload => workload.Name, StringComparer.Ordinal).ToDictionary(workload => workload.Name, StringComparer.Ordinal);
        _configMaps = inventory.ConfigMaps.DistinctBy(map => map.Name, StringComparer.Ordinal)
            .ToDictionary(map => map.Name, map => map.Entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        _secrets = inventory.Secrets.DistinctBy(secret => secret.Name, StringComparer.Ordinal)
            .ToDictionary(secret => secret.Name, secret => secret.Keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        _accounts = inventory.ServiceAccounts.Select(account => account.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Reports every dangling reference, each with its place and what was perhaps meant.</summary>
    public static void Check(Inventory inventory, ICollection<Diagnostic> problems) => new InventoryReferences(inventory, problems).CheckAll();

    private void CheckAll()
    {
        foreach (var map in _inventory.ConfigMaps)
        {
            foreach (var entry in map.Entries) CheckValue(entry.Value);
        }

        foreach (var workload in _inventory.Workloads) CheckWorkload(workload);
        foreach (var role in _inventory.Roles)
        {
            foreach (var binding in role.Bindings)
            {
                foreach (var account in binding.ServiceAccounts)
                    CheckName(account, _accounts, "service account", InventoryCodes.UnknownAccount, role.Source.Place, $"the role binding '{binding.Name}' names");
            }
        }
    }

    private void CheckWorkload(Workload workload)
    {
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in workload.Environment)
        {
            if (variable.Value is EntryValue.ServiceAddress address) addresses.Add(address.Service);
            CheckValue(variable.Value);
        }

        var who = $"'{workload.Name}' takes";
        foreach (var map in workload.EnvironmentFromConfigMaps.Where(map => !map.IsUnknown)) CheckName(map.Content, _configMaps.Keys, "config map", InventoryCodes.UnknownConfigMap, map.Source.Place, who);
        foreach (var secret in workload.EnvironmentFromSecrets.Where(secret => !secret.IsUnknown)) CheckName(secret.Content, _secrets.Keys, "secret", InventoryCodes.UnknownSecret, secret.Source.Place, who);
        foreach (var volume in workload.Volumes)
        {
            var place = volume.MountPath.Source.Place;
            if (volume is VolumeNeed.ConfigMap map) CheckName(map.ConfigMapName, _configMaps.Keys, "config map", InventoryCodes.UnknownConfigMap, place, who);
            if (volume is VolumeNeed.Secret secret) CheckName(secret.SecretName, _secrets.Keys, "secret", InventoryCodes.UnknownSecret, place, who);
        }

        // Addresses that come by way of a config map are checked where they stand.
        var derived = _inventory.ConfigMaps.SelectMany(map => map.Entries).Select(entry => entry.Value).OfType<EntryValue.ServiceAddress>().Select(address => address.Service);
        addresses.UnionWith(derived);
        foreach (var service in workload.Egress.Services.Where(service => !addresses.Contains(service)))
            CheckName(service, _workloads.Keys, "service", InventoryCodes.UnknownService, workload.Source.Place, $"'{workload.Name}' reaches");

        CheckName(workload.ServiceAccount.ToString(), _accounts, "service account", InventoryCodes.UnknownAccount, workload.ServiceAccount.Source.Place ?? workload.Source.Place, $"'{workload.Name}' runs as");
        foreach (var probe in new[] { workload.Readiness, workload.Liveness, workload.Startup })
        {
            if (probe?.Port is { } port) CheckPort(workload, port.ToString(), port.Source.Place ?? workload.Source.Place, "a probe asks");
        }

        foreach (var route in workload.Ingress) CheckRoute(workload, route);
        if (workload.Metrics is { } metrics) CheckPort(workload, metrics.Port, metrics.Path.Source.Place ?? workload.Source.Place, "the metrics endpoint names");
    }

    private void CheckValue(EntryValue value)
    {
        switch (value)
        {
            case EntryValue.ServiceAddress address:
                if (!CheckName(address.Service, _workloads.Keys, "service", InventoryCodes.UnknownService, address.Source.Place, "the address is of")) return;
                var target = _workloads[address.Service];
                if (target.Ports.Count == 0 && address.Format.Contains("{port}", StringComparison.Ordinal))
                    Report(InventoryCodes.UnknownPort, address.Source.Place, $"the service '{target.Name}' has no port, so it has no address", "give it a port, or leave it out");
                else CheckPort(target, address.Port, address.Source.Place, "the address names");
                break;
            case EntryValue.ConfigMapKey key:
                if (CheckName(key.ConfigMap, _configMaps.Keys, "config map", InventoryCodes.UnknownConfigMap, key.Source.Place, "the variable takes"))
                    CheckName(key.Key, _configMaps[key.ConfigMap], $"key in the config map '{key.ConfigMap}'", InventoryCodes.UnknownConfigKey, key.Source.Place, "the variable takes");
                break;
            case EntryValue.SecretKey key:
                if (CheckName(key.Secret, _secrets.Keys, "secret", InventoryCodes.UnknownSecret, key.Source.Place, "the variable takes"))
                    CheckName(key.Key, _secrets[key.Secret], $"key in the secret '{key.Secret}'", InventoryCodes.UnknownSecretKey, key.Source.Place, "the variable takes");
                break;
        }
    }

    private void CheckRoute(Workload workload, IngressRoute route)
    {
        CheckPort(workload, route.Port, route.Path.Source.Place, $"the ingress path {route.Path} names");
        var port = workload.Ports.FirstOrDefault(candidate => route.Port is null || candidate.Name.ToString() == route.Port);
        if (port is null || port.Protocol is PortProtocol.Http or PortProtocol.Grpc) return;
        var word = PortReader.WordFor(port.Protocol);
        Report(InventoryCodes.IngressProtocol, route.Path.Source.Place, $"the ingress path {route.Path} leads to the port '{port.Name}', which speaks {word}", "name a port that speaks http or grpc");
    }

    private void CheckPort(Workload workload, string? port, SourcePlace? place, string who)
    {
        if (port is null) return;
        var names = workload.Ports.Select(candidate => candidate.Name.ToString()).ToList();
        CheckName(port, names, $"port in '{workload.Name}'", InventoryCodes.UnknownPort, place, who);
    }

    private bool CheckName(string name, IReadOnlyCollection<string> known, string what, string code, SourcePlace? place, string who)
    {
        if (known.Contains(name, StringComparer.Ordinal)) return true;
        var fix = Suggestion.Closest(name, known) is { } close ? $"did you mean '{close}'?" : $"declare it, or use one of those that are declared ({Some(known)})";
        Report(code, place, $"{who} '{name}', but there is no such {what}", fix);
        return false;
    }

    private static string Some(IReadOnlyCollection<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).Take(6).ToList();
        if (names.Count == 0) return "there is none";
        return string.Join(", ", names) + (known.Count > names.Count ? ", …" : "");
    }

    private void Report(string code, SourcePlace? place, string summary, string fix) =>
        _problems.Add(new Diagnostic { Code = code, Summary = summary, Place = place, Fix = fix });
}
