namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>What one peer of one rule of one policy allows.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="IsIngress">The direction.</param>
/// <param name="Pods">The workloads it holds for.</param>
/// <param name="PeerPods">The workloads on the other side, or null when it is not a selection of pods.</param>
/// <param name="Peer">The addresses, or another namespace's pods.</param>
/// <param name="Ports">Protocol and port.</param>
internal sealed record Allowance(string Policy, bool IsIngress, IReadOnlySet<string> Pods, IReadOnlySet<string>? PeerPods, string Peer, IReadOnlySet<string> Ports)
{
    /// <summary>True when this allows everything that the other does.</summary>
    public bool Covers(Allowance other) =>
        IsIngress == other.IsIngress
        && other.Pods.IsSubsetOf(Pods)
        && other.Ports.IsSubsetOf(Ports)
        && (PeerPods is null ? other.PeerPods is null && (Peer == other.Peer || (Peer == "0.0.0.0/0" && other.Peer.Contains('/', StringComparison.Ordinal) && !other.Peer.Contains('\n', StringComparison.Ordinal))) : other.PeerPods?.IsSubsetOf(PeerPods) == true);
}
