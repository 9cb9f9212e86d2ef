using Slipway.Documents;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>The rules of network policies as nodes.</summary>
internal sealed class PolicyRules(ToolCall call)
{
    /// <summary>A rule from or to a peer on ports. Without a peer, anywhere; without ports, any.</summary>
    /// <param name="isIngress">True for <c>from</c>, false for <c>to</c>.</param>
    /// <param name="peers">The peers; empty for anywhere.</param>
    /// <param name="ports">The ports, without repetition.</param>
    public static MappingNode Rule(bool isIngress, IReadOnlyList<MappingNode> peers, IEnumerable<MappingNode> ports)
    {
        var rule = new MappingNode();
        if (peers.Count > 0) rule.Add(isIngress ? "from" : "to", new SequenceNode(peers));
        return rule.Add("ports", new SequenceNode(ports));
    }

    /// <summary>Pods of the same namespace.</summary>
    public static MappingNode Pods(MappingNode selector) => new MappingNode().Add("podSelector", selector);

    /// <summary>Pods of another namespace; all of them without a selector.</summary>
    public static MappingNode NamespacePods(string name, string origin, MappingNode? selector = null)
    {
        var labels = new MappingNode().Add("kubernetes.io/metadata.name", ScalarNode.Of(name, Provenance.Default(origin)));
        var peer = new MappingNode().Add("namespaceSelector", new MappingNode().Add("matchLabels", labels));
        return selector is null ? peer : peer.Add("podSelector", selector);
    }

    /// <summary>Addresses.</summary>
    public static MappingNode Block(ScalarNode cidr) => new MappingNode().Add("ipBlock", new MappingNode().Add("cidr", cidr));

    /// <summary>The network of the nodes, pods and databases; nothing (anywhere) when the platform does not tell it.</summary>
    public IReadOnlyList<MappingNode> Vpc() => call.Model.Facts.Networking is { } network ? [Block(call.Node(network.VpcCidr))] : [];

    /// <summary>The container ports of workloads, ordered, each once.</summary>
    public IReadOnlyList<MappingNode> Ports(IEnumerable<WorkloadPort> ports)
    {
        var nodes = ports.Select(port => (Number: call.Node(port.ContainerPort), Protocol: PodValues.Protocol(port)));
        return
        [
            .. nodes.DistinctBy(pair => (pair.Number.Text, pair.Protocol.Text))
                .OrderBy(pair => pair.Number.Text.Length)
                .ThenBy(pair => pair.Number.Text, StringComparer.Ordinal)
                .Select(pair => Port(pair.Number, pair.Protocol.Text)),
        ];
    }

    /// <summary>One port.</summary>
    public static MappingNode Port(ScalarNode number, string protocol = "TCP") =>
        new MappingNode().Add("protocol", ScalarNode.Of(protocol, number.Source)).Add("port", number);
}
