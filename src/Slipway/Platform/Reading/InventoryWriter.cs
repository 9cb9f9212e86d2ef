using Slipway.Documents;

namespace Slipway.Platform.Reading;

/// <summary>
/// Writes an inventory as a document of the schema of <c>services.yaml</c>, with everything explicit that was a default, so that reading
/// it gives the same inventory. Every scalar carries its provenance.
/// </summary>
public static class InventoryWriter
{
    /// <summary>Writes an inventory whose facts are still references.</summary>
    /// <param name="inventory">The inventory as <see cref="InventoryReader"/> gives it.</param>
    public static Document Write(Inventory inventory)
    {
        var root = new MappingNode()
            .AddIf("tiers", new SequenceNode(inventory.Tiers.Select(WriteTier)))
            .AddIf("serviceAccounts", new SequenceNode(inventory.ServiceAccounts.Select(WriteAccount)));
        root.Add("services", new SequenceNode(inventory.Workloads.Select(WorkloadWriter.Write)));
        var maps = new MappingNode();
        foreach (var map in inventory.ConfigMaps)
        {
            var entries = new MappingNode();
            foreach (var (key, value) in map.Entries) entries.Add(key, EntryWriter.Write(value));
            maps.Add(map.Name, entries);
        }

        var secrets = new MappingNode();
        foreach (var secret in inventory.Secrets) secrets.Add(secret.Name, WriteSecret(secret));
        return new Document(root
            .AddIf("configMaps", maps)
            .AddIf("secrets", secrets)
            .AddIf("roles", new SequenceNode(inventory.Roles.Select(WriteRole))));
    }

    private static MappingNode WriteTier(Tier tier) => new MappingNode()
        .Add("name", ScalarNode.Of(tier.Name, tier.Source))
        .Add("serviceAccount", ScalarNode.Of(tier.ServiceAccount, tier.Source));

    private static MappingNode WriteAccount(ServiceAccountDefinition account)
    {
        var node = new MappingNode().Add("name", ScalarNode.Of(account.Name, account.Source));
        if (account.Tier is { } tier) node.Add("tier", ScalarNode.Of(tier, account.Source));
        return node.Add("irsaRole", account.IrsaRole is { } role ? ScalarNode.Of(role, account.Source) : ScalarNode.Of(false, account.Source));
    }

    private static MappingNode WriteSecret(SecretDefinition secret)
    {
        var keys = new MappingNode();
        foreach (var key in secret.Keys)
        {
            keys.Add(
                key.Name,
                key.Template is { } template ? new MappingNode().Add("template", ScalarNode.Of(template, key.Source)) : ScalarNode.Of(key.Property ?? key.Name, key.Source));
        }

        return new MappingNode()
            .Add("remote", EntryWriter.Write(secret.RemoteName))
            .Add("fromTerraform", ScalarNode.Of(secret.FromTerraform, secret.Source))
            .Add("keys", keys);
    }

    private static MappingNode WriteRole(RoleDefinition role) => new MappingNode()
        .Add("name", ScalarNode.Of(role.Name, role.Source))
        .Add("rules", new SequenceNode(role.Rules.Select(rule => WriteRule(rule, role.Source))))
        .AddIf("bindings", new SequenceNode(role.Bindings.Select(binding => new MappingNode()
            .Add("name", ScalarNode.Of(binding.Name, role.Source))
            .Add("serviceAccounts", InventoryNodes.Words(binding.ServiceAccounts, role.Source)))));

    private static MappingNode WriteRule(RoleRule rule, Provenance source) => new MappingNode()
        .Add("apiGroups", InventoryNodes.Words(rule.ApiGroups, source))
        .Add("resources", InventoryNodes.Words(rule.Resources, source))
        .Add("verbs", InventoryNodes.Words(rule.Verbs, source))
        .AddIf("resourceNames", InventoryNodes.Words(rule.ResourceNames, source));
}
