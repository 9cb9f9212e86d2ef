using Slipway.Documents;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>A network policy to write.</summary>
/// <param name="Name">Its name, unique.</param>
/// <param name="Purpose">What it is for, for people.</param>
/// <param name="Pods">The pods it holds for, a label selector.</param>
/// <param name="IsIngress">True for what may come in, false for what may go out.</param>
/// <param name="Rules">The rules; empty to deny everything.</param>
internal sealed record PolicyDefinition(string Name, string Purpose, MappingNode Pods, bool IsIngress, IReadOnlyList<MappingNode> Rules);
