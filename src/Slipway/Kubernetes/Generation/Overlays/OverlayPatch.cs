using Slipway.Documents;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>A patch file of an overlay.</summary>
/// <param name="File">Its path below the overlay.</param>
/// <param name="Documents">Strategic merge patches.</param>
/// <param name="Target">What it is for when the documents do not say it: kind, and a regular expression of names or null for all.</param>
internal sealed record OverlayPatch(string File, IReadOnlyList<Document> Documents, (string Kind, string? Names)? Target = null);
