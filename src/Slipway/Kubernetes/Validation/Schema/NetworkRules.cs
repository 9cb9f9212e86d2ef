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
        MetadataRules.Labels(at, "selector");
        Exposure(at, type);
        at.RequireUnique("ports", "name", "port name");
        if (ports < 2) return;
        UniqueNumbers(at);
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

    public static void Ingress(RuleContext at)
    {
        at.Require(at.Node.Sequence("rules") is { Count: > 0 } || at.Node.Has("defaultBackend"), Codes.MissingField, "rules", "the Ingress leads nowhere", "add 'rules' or 'defaultBackend'");
        if (at.Node.Has("ingressClassName"))
            at.Require(
                at.Item.Node.Mapping("metadata")?.Mapping("annotations")?.Has("kubernetes.io/ingress.class") != true,
                Codes.ExclusiveFields,
                "ingressClassName",
                "the class is named by the annotation 'kubernetes.io/ingress.class' too",
                "remove the annotation");
    }

    public static void IngressPaths(RuleContext at)
    {
        if (at.Node.Sequence("paths") is { } paths) at.Require(paths.Count > 0, Codes.MissingField, "paths", "the rule has no path", "add one with 'path', 'pathType' and 'backend'");
    }

    public static void ServiceBackend(RuleContext at) =>
        at.Require(at.Node.Mapping("port") is { Count: > 0 }, Codes.MissingField, "port", "the backend names no port", "add 'port.number' or 'port.name'");

    public static void BackendPort(RuleContext at)
    {
        at.RequireOne(true, "name", "number");
        at.RequirePort("number");
    }

    public static void IngressPath(RuleContext at)
    {
        if (at.Node.Text("pathType") is not ("Prefix" or "Exact")) return;
        at.Require(at.Node.Text("path") is { } path && path.StartsWith('/'), Codes.OutOfRange, "path", "a path must begin with '/'", "write '/' before it");
        foreach (var part in (string[])["//", "/./", "/../", "%2f", "%2F"])
            at.Require(at.Node.Text("path")?.Contains(part, StringComparison.Ordinal) != true, Codes.OutOfRange, "path", $"a path must not hold '{part}'", "write the path without it");
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

    private static void Exposure(RuleContext at, string type)
    {
        var outside = type is "NodePort" or "LoadBalancer" || at.Node.Sequence("externalIPs") is { Count: > 0 };
        if (at.Node.Has("externalTrafficPolicy"))
            at.Require(outside, Codes.BadCombination, "externalTrafficPolicy", $"a Service of type {type} is not reached from outside", "remove it, or choose NodePort or LoadBalancer");
        if (at.Node.Sequence("loadBalancerSourceRanges") is { Count: > 0 })
            at.Require(type == "LoadBalancer", Codes.BadCombination, "loadBalancerSourceRanges", $"a Service of type {type} has no load balancer", "remove it, or choose LoadBalancer");
        if (at.Number("healthCheckNodePort") is > 0)
            at.Require(type == "LoadBalancer" && at.Node.Text("externalTrafficPolicy") == "Local", Codes.BadCombination, "healthCheckNodePort", "only a load balancer with 'externalTrafficPolicy: Local' checks a port", "remove it");
        if (at.Node.Has("sessionAffinityConfig"))
            at.Require(at.Node.Text("sessionAffinity") == "ClientIP", Codes.BadCombination, "sessionAffinityConfig", "only the affinity ClientIP can be configured", "write 'sessionAffinity: ClientIP', or remove it");
        var ports = at.Node.Sequence("ports") ?? [];
        for (var index = 0; index < ports.Count; index++)
        {
            if ((ports[index] as MappingNode)?["nodePort"] is not ScalarNode { Kind: ScalarKind.Integer } number || !PlainScalars.TryParseInteger(number.Text, out var port) || port == 0) continue;
            var path = at.Path["ports"][index]["nodePort"];
            at.Findings.Require(type is "NodePort" or "LoadBalancer", Codes.BadCombination, at.Item, path, $"a Service of type {type} has no port on the nodes", "remove it, or choose NodePort");
            at.Findings.Advise(port is (>= 30000 and <= 32767) or < 1 or > 65535, Codes.PortRange, at.Item, path, "clusters give nodes only the ports 30000 to 32767, unless they are set up otherwise", "choose one of these, or remove it");
        }
    }

    private static void UniqueNumbers(RuleContext at)
    {
        var seen = new HashSet<(string?, string)>();
        var ports = at.Node.Sequence("ports")!;
        for (var index = 0; index < ports.Count; index++)
        {
            if (ports[index] is MappingNode port && port.Text("port") is { } number)
                at.Findings.Require(seen.Add((number, port.Text("protocol") ?? "TCP")), Codes.DuplicateItem, at.Item, at.Path["ports"][index]["port"], $"the port {number} stands twice", "remove or change one of the two");
        }
    }

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) && (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(letter => letter == '.') == 3) ? network : null;
}
