using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>
/// Workloads that one policy serves. It opens the same ports of all its pods, and outside nobody's egress rules cut that further; so those share it
/// who have no other port that it would open.
/// </summary>
internal sealed class SharedPolicy
{
    private readonly List<Workload> _workloads;
    private readonly HashSet<(string Port, bool IsUdp)> _open;
    private readonly HashSet<(string Port, bool IsUdp)> _closed;

    public SharedPolicy(Workload workload, IReadOnlyCollection<WorkloadPort> open)
    {
        _workloads = [workload];
        _open = Keys(open);
        _closed = Keys(workload.Ports.Except(open));
    }

    /// <summary>Those it serves.</summary>
    public IReadOnlyList<Workload> Workloads => _workloads;

    /// <summary>Takes a workload in, if it opens no port of anybody's that is to stay closed.</summary>
    public bool TryAdd(Workload workload, IReadOnlyCollection<WorkloadPort> open)
    {
        var opened = Keys(open);
        var closed = Keys(workload.Ports.Except(open));
        if (_open.Overlaps(closed) || _closed.Overlaps(opened) || opened.Overlaps(closed)) return false;
        _workloads.Add(workload);
        _open.UnionWith(opened);
        _closed.UnionWith(closed);
        return true;
    }

    private static HashSet<(string Port, bool IsUdp)> Keys(IEnumerable<WorkloadPort> ports) =>
        ports.Select(port => (port.ContainerPort.ToString(), port.Protocol == PortProtocol.Udp)).ToHashSet();
}
