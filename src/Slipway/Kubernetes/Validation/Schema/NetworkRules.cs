using System.Net;
using System.Net.Sockets;
using Slipway.Documents;
using Slipway.Kubernetes.Formats;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Services, ingresses, network policies.</summary>
internal static class NetworkRules
{
    public static void Service(RuleContext at)
    {
        var type = at.Node.Text("type") ?? "ClusterIP";
        var headless = at.Node.Text("clusterIP") == "None";
        var ports = at.Node.Sequence("ports")?.Count ?? 0;
        if (type == "ExternalName")
            at.Require(at.Node.Text("externalName") is not null, Codes.MissingField, "externalName", "a Service of type ExternalName needs a name", "add 'externalName'");
        else
            at.Require(ports > 0 || headless, Codes.MissingField, "ports", "the Service has no port", "add one under 'ports'");
        if (headless && type is "NodePort" or "LoadBalancer")
            at.Require(false, Codes.BadCombination, "clusterIP", $"a Service of type {type} cannot be headless", "remove 'clusterIP: None'");
        at.RequireUnique("ports", "name", "port name");
        if (ports < 2) return;
        for (var index = 0; index < ports; index++)
        {
            if (at.Node.Sequence("ports")![index] is MappingNode port)
                at.Findings.Require(port.Text("name") is not null, Codes.MissingField, at.Item, at.Path["ports"][index]["name"], "with several ports each needs a name", "add 'name'");
        }
    }

    public static void ServicePort(RuleContext at)
    {
        at.RequirePort("port");
        at.RequirePort("nodePort", 0);
        at.RequirePortOrName("targetPort", 0);
        if (at.Node.Text("name") is { } name)
            at.Require(Names.IsLabel(name), Codes.BadName, "name", $"'{name}' is no name for a port", "use lower case letters, digits and '-', at most 63");
    }

    public static void Backend(RuleContext at) => at.RequireOne(true, "service", "resource");

    public static void BackendPort(RuleContext at)
    {
        at.RequireOne(true, "name", "number");
        at.RequirePort("number");
    }

    public static void IngressPath(RuleContext at)
    {
        if (at.Node.Text("pathType") is not ("Prefix" or "Exact")) return;
        at.Require(at.Node.Text("path") is { } path && path.StartsWith('/'), Codes.OutOfRange, "path", "a path must begin with '/'", "write '/' before it");
    }

    public static void PolicyPort(RuleContext at)
    {
        at.RequirePortOrName("port");
        at.RequirePort("endPort");
        if (at.Number("endPort") is { } end && at.Number("port") is { } port)
            at.Require(end >= port, Codes.OutOfRange, "endPort", $"the range ends at {end}, before it begins at {port}", "swap the two");
    }

    public static void PolicyPeer(RuleContext at)
    {
        if (at.Node.Has("ipBlock"))
            at.Require(!at.Node.Has("podSelector") && !at.Node.Has("namespaceSelector"), Codes.ExclusiveFields, "ipBlock", "'ipBlock' excludes selectors", "make it an item of its own");
        else
            at.Require(at.Node.Has("podSelector") || at.Node.Has("namespaceSelector"), Codes.ExclusiveFields, "one of ipBlock, podSelector, namespaceSelector is needed", "add one of them");
    }

    public static void AddressBlock(RuleContext at)
    {
        if (at.Node.Text("cidr") is not { } cidr || Platform.UnknownMarker.Find(cidr) is not null) return;
        var block = Parse(cidr);
        at.Require(block is not null, Codes.BadAddress, "cidr", $"'{cidr}' is no block of addresses", "write it as 10.0.0.0/16, without host bits");
        var exceptions = at.Node.Sequence("except");
        for (var index = 0; block is not null && index < (exceptions?.Count ?? 0); index++)
        {
            if (exceptions![index] is not ScalarNode { Text: var text }) continue;
            var inside = Parse(text) is { } inner && inner.BaseAddress.AddressFamily == block.Value.BaseAddress.AddressFamily
                && inner.PrefixLength > block.Value.PrefixLength && block.Value.Contains(inner.BaseAddress);
            at.Findings.Require(inside, Codes.BadAddress, at.Item, at.Path["except"][index], $"'{text}' is no block inside {cidr}", "name a smaller block of the same range");
        }
    }

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) && (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(letter => letter == '.') == 3) ? network : null;
}
