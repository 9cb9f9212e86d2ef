using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>Reads generated network policies as a cluster does.</summary>
internal sealed class PolicyReading
{
    private readonly IReadOnlyList<Workload> _workloads;

    public PolicyReading(PlatformModel model)
    {
        _workloads = model.Inventory.Workloads;
        Allowances = [.. Generate.Kind(model, "NetworkPolicy").SelectMany(Read)];
    }

    /// <summary>Everything allowed, one peer of one rule each.</summary>
    public IReadOnlyList<Allowance> Allowances { get; }

    /// <summary>True when one pod reaches another on a port: it may go out, and it may come in.</summary>
    public bool Reaches(Workload caller, Workload target, int port) =>
        Allowances.Any(allowed => !allowed.IsIngress && allowed.Pods.Contains(caller.Name) && allowed.PeerPods?.Contains(target.Name) == true && allowed.Ports.Contains($"TCP/{port}"))
        && Allowances.Any(allowed => allowed.IsIngress && allowed.Pods.Contains(target.Name) && allowed.PeerPods?.Contains(caller.Name) == true && allowed.Ports.Contains($"TCP/{port}"));

    private IEnumerable<Allowance> Read(MappingNode policy)
    {
        var spec = policy.Mapping("spec")!;
        var pods = Select(spec.Mapping("podSelector")!);
        foreach (var (key, isIngress) in new[] { ("ingress", true), ("egress", false) })
        {
            foreach (var rule in (spec.Sequence(key) ?? []).Cast<MappingNode>())
            {
                var ports = rule.Sequence("ports")!.Cast<MappingNode>().Select(port => $"{port.Text("protocol")}/{port.Text("port")}").ToHashSet();
                var peers = rule.Sequence(isIngress ? "from" : "to");
                if (peers is null) yield return new Allowance(policy.Mapping("metadata")!.Text("name")!, isIngress, pods, null, "0.0.0.0/0", ports);
                foreach (var peer in (peers ?? []).Cast<MappingNode>())
                {
                    var selects = !peer.Has("namespaceSelector") && peer.Has("podSelector");
                    yield return new Allowance(
                        policy.Mapping("metadata")!.Text("name")!,
                        isIngress,
                        pods,
                        selects ? Select(peer.Mapping("podSelector")!) : null,
                        selects ? "" : peer.Mapping("ipBlock")?.Text("cidr") ?? DocumentWriter.Write(peer),
                        ports);
                }
            }
        }
    }

    private HashSet<string> Select(MappingNode selector) => [.. _workloads.Where(workload => Matches(selector, workload)).Select(workload => workload.Name)];

    private static bool Matches(MappingNode selector, Workload workload)
    {
        string Label(string name) => name switch
        {
            "app.kubernetes.io/name" => workload.Name,
            "app.kubernetes.io/component" => workload.Tier,
            "app.kubernetes.io/part-of" => "shop",
            _ => "",
        };
        return (selector.Mapping("matchLabels") ?? []).All(label => Label(label.Key) == ((ScalarNode)label.Value).Text)
            && (selector.Sequence("matchExpressions") ?? []).Cast<MappingNode>()
                .All(expression => expression.Sequence("values")!.Cast<ScalarNode>().Any(value => value.Text == Label(expression.Text("key")!)));
    }
}
