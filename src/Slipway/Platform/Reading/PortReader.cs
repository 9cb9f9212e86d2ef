using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads a workload's ports: <c>port</c> (with <c>servicePort</c> and <c>protocol</c>) for one, <c>ports</c> for several.</summary>
internal static class PortReader
{
    /// <summary>The words for protocols; each is the default name of its port as well.</summary>
    public static readonly IReadOnlyDictionary<string, PortProtocol> Protocols = new Dictionary<string, PortProtocol>(StringComparer.Ordinal)
    {
        ["http"] = PortProtocol.Http,
        ["grpc"] = PortProtocol.Grpc,
        ["tcp"] = PortProtocol.Tcp,
        ["udp"] = PortProtocol.Udp,
    };

    /// <summary>Reads the ports of a workload.</summary>
    public static IReadOnlyList<WorkloadPort> Read(MappingReader service)
    {
        if (!service.Has("ports"))
        {
            if (service.Has("port")) return ReadPort(service, named: false) is { } port ? [port] : [];
            foreach (var field in new[] { "servicePort", "protocol" })
            {
                if (service.Has(field)) service.Report(InventoryCodes.ExcludeEachOther, field, $"'{field}' says something of a port, but there is no 'port'", "add 'port:'");
            }

            return [];
        }

        foreach (var field in new[] { "port", "servicePort", "protocol" })
        {
            if (service.Has(field)) service.Report(InventoryCodes.ExcludeEachOther, field, $"'{field}' and 'ports' exclude each other", $"move '{field}' into an item of 'ports'");
        }

        var ports = new List<WorkloadPort>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new HashSet<(int, bool)>();
        var serviceNumbers = new HashSet<(int, bool)>();
        foreach (var item in service.Mappings("ports", InventoryFields.Port))
        {
            if (ReadPort(item, named: true) is not { } port) continue;
            var isUdp = port.Protocol == PortProtocol.Udp;
            if (port.Name.TryGet(out var name) && !names.Add(name)) Duplicate(item, "name", $"two ports are called '{name}'", "give each port a 'name' of its own");
            if (port.ContainerPort.TryGet(out var number) && !numbers.Add((number, isUdp))) Duplicate(item, "port", $"the port {number} is listed twice", "remove one of the two");
            if (port.ServicePort.TryGet(out var outer) && !serviceNumbers.Add((outer, isUdp)))
                Duplicate(item, "servicePort", $"two ports have the service port {outer}", "give one of them another 'servicePort'");
            ports.Add(port);
        }

        return ports;
    }

    private static void Duplicate(MappingReader item, string field, string summary, string fix) => item.Report(InventoryCodes.DuplicateName, field, summary, fix);

    private static WorkloadPort? ReadPort(MappingReader reader, bool named)
    {
        var number = reader.RequiredInteger("port", 1, 65_535);
        var protocol = reader.Choice("protocol", Protocols) ?? PortProtocol.Http;
        var outer = reader.Integer("servicePort", 1, 65_535);
        var name = named ? reader.Text("name", NameRules.PortName) : null;
        if (number is null) return null;
        return new WorkloadPort(name ?? Value.Default(WordFor(protocol), "port name"), number, outer ?? number, protocol);
    }

    /// <summary>The word for a protocol.</summary>
    public static string WordFor(PortProtocol protocol) => Protocols.First(pair => pair.Value == protocol).Key;
}
