using Slipway.Documents;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads <c>metrics</c>: true, false, or a path and a port.</summary>
internal static class MetricsReader
{
    /// <summary>Whether the field switches the endpoint on or off; null when it is absent.</summary>
    public static bool? IsOn(MappingReader reader) => reader.Get("metrics") switch
    {
        null => null,
        ScalarNode { Kind: ScalarKind.Boolean } given => PlainScalars.IsTrue(given.Text),
        _ => true,
    };

    /// <summary>The endpoint's fields, or null when there are none.</summary>
    public static MappingReader? Fields(MappingReader reader) =>
        reader.Get("metrics") is null or ScalarNode { Kind: ScalarKind.Boolean } ? null : reader.Mapping("metrics", InventoryFields.Metrics);

    /// <summary>Reads the endpoint of a workload; null when there is none.</summary>
    public static MetricsEndpoint? Read(MappingReader service, TierDefaults defaults, IReadOnlyList<WorkloadPort> ports)
    {
        var said = IsOn(service);
        var main = ports.FirstOrDefault(port => port.Protocol == PortProtocol.Http);
        if (!(said ?? (defaults.HasMetrics && main is not null))) return null;
        var fields = Fields(service);
        var port = fields?.Text("port", NameRules.PortName)?.Content ?? defaults.MetricsPort ?? (main ?? (ports.Count > 0 ? ports[0] : null))?.Name.Content;
        if (port is not null) return new MetricsEndpoint(fields?.Text("path", NameRules.UrlPath) ?? defaults.MetricsPath, port);
        service.Report(InventoryCodes.DoesNotFitKind, "metrics", "a workload without ports has no metrics endpoint", "add a port, or remove 'metrics:'");
        return null;
    }
}
