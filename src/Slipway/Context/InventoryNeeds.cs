using Slipway.Platform;

namespace Slipway.Context;

/// <summary>What an inventory needs to know of the infrastructure, and which generated files need it.</summary>
internal sealed class InventoryNeeds
{
    private readonly SortedDictionary<string, SortedSet<string>> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sections = new(StringComparer.Ordinal);

    private InventoryNeeds()
    {
    }

    /// <summary>The keys of the IAM roles that service accounts take.</summary>
    public SortedSet<string> Roles { get; } = new(StringComparer.Ordinal);

    public static InventoryNeeds Of(Inventory inventory)
    {
        var needs = new InventoryNeeds();
        foreach (var map in inventory.ConfigMaps)
        {
            foreach (var (_, value) in map.Entries) needs.Add(value, $"base/configmaps/{map.Name}.yaml");
        }

        foreach (var secret in inventory.Secrets) needs.Add(secret.RemoteName, "base/secrets/external-secrets.yaml");
        foreach (var workload in inventory.Workloads) needs.Add(workload);
        foreach (var account in inventory.ServiceAccounts)
        {
            if (account.IrsaRole is { } role) needs.Roles.Add(role);
        }

        if (inventory.Secrets.Count > 0) needs.Roles.Add("external_secrets");
        if (needs.Roles.Count > 0) needs._sections.Add(OutputCatalogue.Kubernetes);
        return needs;
    }

    public bool Needs(string section) => _sections.Contains(section);

    /// <summary>The files that need a fact: those of the catalogue, and those of the inventory that refer to it.</summary>
    public IReadOnlyList<string> FilesOf(FactDefinition fact)
    {
        if (!_files.TryGetValue(fact.Path, out var referring)) return fact.NeededBy;
        return [.. fact.NeededBy.Where(file => !file.StartsWith("base/configmaps/", StringComparison.Ordinal)).Concat(referring).Distinct(StringComparer.Ordinal)];
    }

    private void Add(Workload workload)
    {
        var file = $"base/deployments/{workload.Tier}/{workload.Name}.yaml";
        foreach (var variable in workload.Environment) Add(variable.Value, file);
        if (workload.Image.FromRegistry) _sections.Add(OutputCatalogue.Registry);
        if (workload.ObjectStorage is not null) _sections.Add(OutputCatalogue.Storage);
        if (workload.Egress.Database) _sections.Add(OutputCatalogue.Database);
        if (workload.Egress.Cache) _sections.Add(OutputCatalogue.Cache);
        if (workload.Egress.Database || workload.Egress.Cache) _sections.Add(OutputCatalogue.Networking);
    }

    private void Add(EntryValue value, string file)
    {
        if (value is not EntryValue.Fact fact) return;
        var path = FactPaths.Canonical(fact.Path);
        _sections.Add(OutputCatalogue.SectionOf(path));
        if (OutputCatalogue.SectionOf(path) == OutputCatalogue.IrsaRoles && path.Contains('.', StringComparison.Ordinal))
            Roles.Add(path[(OutputCatalogue.IrsaRoles.Length + 1)..]);
        if (!_files.TryGetValue(path, out var files)) _files.Add(path, files = new SortedSet<string>(StringComparer.Ordinal));
        files.Add(file);
    }
}
