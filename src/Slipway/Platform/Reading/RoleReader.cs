using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads the root's <c>roles</c>.</summary>
internal static class RoleReader
{
    /// <summary>Reads the roles with their bindings.</summary>
    public static IReadOnlyList<RoleDefinition> Read(MappingReader root)
    {
        var roles = new List<RoleDefinition>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var bindings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reader in root.Mappings("roles", InventoryFields.Role))
        {
            var name = reader.RequiredText("name", NameRules.RbacName)?.Content ?? "";
            if (name.Length > 0 && !names.Add(name)) reader.Report(InventoryCodes.DuplicateName, "name", $"the role '{name}' is declared twice", "remove one of the two");
            if (!reader.Has("rules")) reader.ReportMissing("rules");
            roles.Add(new RoleDefinition(
                name,
                [.. reader.Mappings("rules", InventoryFields.RoleRule).Select(ReadRule)],
                [.. reader.Mappings("bindings", InventoryFields.RoleBinding).Select(binding => ReadBinding(binding, bindings))],
                reader.Source));
        }

        return roles;
    }

    private static RoleRule ReadRule(MappingReader reader)
    {
        foreach (var field in new[] { "resources", "verbs" })
        {
            if (!reader.Has(field)) reader.ReportMissing(field);
        }

        return new RoleRule(reader.Has("apiGroups") ? Words(reader, "apiGroups") : [""], Words(reader, "resources"), Words(reader, "verbs"), Words(reader, "resourceNames"));
    }

    private static RoleBindingDefinition ReadBinding(MappingReader reader, HashSet<string> names)
    {
        var name = reader.RequiredText("name", NameRules.RbacName)?.Content ?? "";
        if (name.Length > 0 && !names.Add(name)) reader.Report(InventoryCodes.DuplicateName, "name", $"the role binding '{name}' is declared twice", "remove one of the two");
        if (!reader.Has("serviceAccounts")) reader.ReportMissing("serviceAccounts");
        return new RoleBindingDefinition(name, Words(reader, "serviceAccounts"));
    }

    private static string[] Words(MappingReader reader, string field) =>
        [.. reader.Texts(field).Where(text => !text.IsUnknown).Select(text => text.Content)];
}
