namespace Slipway.Kubernetes.Generation;

/// <summary>What a generation item needs of another.</summary>
/// <param name="Id">The other item.</param>
/// <param name="Reason">Why, as a clause that follows "because": <c>its pods run as service account backend-sa</c>.</param>
/// <param name="Before">
/// True when the other must be made first, which makes an edge of it; false when it only must be in the plan (a Service selects nothing
/// without its Deployment, which a later level makes).
/// </param>
/// <param name="Optional">True when the item is whole without the other: an edge if the other is in the plan, and nothing otherwise.</param>
public sealed record ItemNeed(string Id, string Reason, bool Before = true, bool Optional = false);
