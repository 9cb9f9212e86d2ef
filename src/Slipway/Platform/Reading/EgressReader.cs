using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>What a workload says of its own needs; <see cref="DeclaredNeeds"/> adds what its environment implies.</summary>
/// <param name="Services">Services that it names.</param>
/// <param name="Database">Null when it does not say.</param>
/// <param name="Cache">Null when it does not say.</param>
/// <param name="Aws">Null when it does not say.</param>
/// <param name="External">Other destinations.</param>
internal sealed record DeclaredEgress(
    IReadOnlyList<Value<string>> Services,
    bool? Database,
    bool? Cache,
    bool? Aws,
    IReadOnlyList<ExternalDestination> External);

/// <summary>Reads <c>egress</c>, <c>ingress</c> and <c>storage</c>.</summary>
internal static class EgressReader
{
    private static readonly Dictionary<string, bool> Modes = new(StringComparer.Ordinal) { ["read"] = false, ["readwrite"] = true };

    /// <summary>Reads the field <c>egress</c> of a workload.</summary>
    public static DeclaredEgress Read(MappingReader service)
    {
        if (service.Mapping("egress", InventoryFields.Egress) is not { } egress) return new DeclaredEgress([], null, null, null, []);
        return new DeclaredEgress(
            egress.Texts("services", NameRules.ServiceName),
            egress.Boolean("database"),
            egress.Boolean("cache"),
            egress.Boolean("aws"),
            [.. egress.Mappings("external", InventoryFields.External).Select(ReadExternal).OfType<ExternalDestination>()]);
    }

    /// <summary>Reads the field <c>storage</c> of a workload, or null.</summary>
    public static ObjectStorageNeed? ReadStorage(MappingReader service)
    {
        if (service.Mapping("storage", InventoryFields.Storage) is not { } storage) return null;
        if (!storage.Has("s3")) storage.ReportMissing("s3", "add 's3: read' or 's3: readwrite'");
        return storage.Choice("s3", Modes) is { } write ? new ObjectStorageNeed(write, storage.Source) : null;
    }

    /// <summary>Reads the field <c>ingress</c> of a workload: paths, or mappings with a path and a port.</summary>
    public static IReadOnlyList<IngressRoute> ReadIngress(MappingReader service)
    {
        var routes = new List<IngressRoute>();
        foreach (var (node, path) in service.Items("ingress"))
        {
            if (node is not MappingNode)
            {
                if (service.Scope.Text(node, path, NameRules.UrlPath) is { } text) routes.Add(new IngressRoute(text, null));
            }
            else if (service.Scope.Mapping(node, path, InventoryFields.IngressRoute) is { } reader
                && reader.RequiredText("path", NameRules.UrlPath) is { } route)
            {
                routes.Add(new IngressRoute(route, reader.Text("port", NameRules.PortName)?.Content));
            }
        }

        return routes;
    }

    private static ExternalDestination? ReadExternal(MappingReader reader)
    {
        var cidr = reader.RequiredText("cidr", NameRules.Cidr);
        var ports = new List<int>();
        var listed = reader.Items("ports");
        foreach (var (node, path) in listed)
        {
            if (reader.Scope.Integer(node, path, 1, 65_535) is { IsUnknown: false } port) ports.Add(port.Content);
        }

        if (!reader.Has("ports")) reader.ReportMissing("ports", "add 'ports: [443]'");
        else if (listed.Count == 0) reader.Report(reader.Scope.Codes.BadValue, "ports", "the destination names no port", "list those that are called, such as [443]");
        return cidr is null || cidr.IsUnknown ? null : new ExternalDestination(cidr.Content, ports, reader.Source);
    }
}
