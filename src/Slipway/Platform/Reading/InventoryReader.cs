using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>
/// Reads <c>services.yaml</c>, and <c>k8s-context/service-inventory.yaml</c>, which has the same schema
/// (<c>docs/schemas/services.schema.json</c>). Every problem is reported at once, with line and column.
/// </summary>
public static class InventoryReader
{
    /// <summary>Reads an inventory from text.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="file">The file's name for diagnostics and provenance.</param>
    /// <param name="problems">Receives errors and warnings.</param>
    /// <returns>The inventory, or null when there is an error.</returns>
    public static Inventory? Read(string text, string file, ICollection<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var inventory = DocumentReader.ReadSingle(text, file, found) is { } root ? Read(root, file, found) : null;
        foreach (var problem in found) problems.Add(problem);
        return found.Exists(problem => problem.Severity == Severity.Error) ? null : inventory;
    }

    /// <summary>Reads an inventory from a document.</summary>
    /// <param name="root">The document's root.</param>
    /// <param name="file">The file's name for diagnostics and provenance.</param>
    /// <param name="problems">Receives errors and warnings.</param>
    /// <param name="provenance">Says where the scalar at a path came from, when that is not the line it stands on; null otherwise.</param>
    /// <returns>The inventory, or null when there is an error.</returns>
    public static Inventory? Read(
        Node root,
        string file,
        ICollection<Diagnostic> problems,
        Func<ScalarNode, string, Provenance>? provenance = null)
    {
        var found = new List<Diagnostic>();
        var scope = new ReadScope(file, ProvenanceKind.Inventory, InventoryCodes.Shape, found, provenance);
        var inventory = scope.Mapping(root, "", InventoryFields.Root) is { } reader ? ReadRoot(reader) : null;
        if (inventory is not null) InventoryReferences.Check(inventory, found);
        foreach (var problem in found.OrderBy(problem => problem.Place?.Line ?? 0).ThenBy(problem => problem.Place?.Column ?? 0)) problems.Add(problem);
        return found.Exists(problem => problem.Severity == Severity.Error) ? null : inventory;
    }

    private static Inventory ReadRoot(MappingReader root)
    {
        var tiers = TierReader.Read(root);
        var configMaps = SharedReader.ReadConfigMaps(root);
        var secrets = SharedReader.ReadSecrets(root);
        var needs = new DeclaredNeeds(configMaps, secrets);
        var readers = root.Mappings("services", InventoryFields.Service);
        if (readers.Count == 0 && root.Items("services").Count == 0) root.ReportMissing("services", "list at least one service under 'services:'");
        var workloads = readers.Select(reader => WorkloadReader.Read(reader, tiers, needs)).ToList();
        CheckNames(readers, workloads);
        CheckRoutes(root.Scope, workloads);
        var used = tiers.InUse(workloads, root.Scope);
        return new Inventory
        {
            Tiers = used,
            Workloads = workloads,
            ConfigMaps = configMaps,
            Secrets = secrets,
            ServiceAccounts = AccountReader.Read(root, tiers, used, workloads, secrets.Count > 0),
            Roles = RoleReader.Read(root),
        };
    }

    private static void CheckNames(IReadOnlyList<MappingReader> readers, List<Workload> workloads)
    {
        var places = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        for (var at = 0; at < workloads.Count; at++)
        {
            var name = workloads[at].Name;
            if (name.Length == 0 || places.TryAdd(name, readers[at].PlaceOf("name"))) continue;
            var first = places[name] with { Path = null };
            readers[at].Report(InventoryCodes.DuplicateName, "name", $"two services are called '{name}' (the first at {first})", "rename or remove one of the two");
        }
    }

    private static void CheckRoutes(ReadScope scope, List<Workload> workloads)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var workload in workloads)
        {
            foreach (var route in workload.Ingress)
            {
                if (!route.Path.TryGet(out var path) || owners.TryAdd(path, workload.Name)) continue;
                scope.Report(InventoryCodes.DuplicateName, route.Path.Source.Place, $"the ingress path '{path}' leads to '{owners[path]}' already", "give each service a path of its own");
            }
        }
    }
}
