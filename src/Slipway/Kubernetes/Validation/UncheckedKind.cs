namespace Slipway.Kubernetes.Validation;

/// <summary>A kind whose objects the schema rung could not check, or not wholly.</summary>
/// <param name="ApiVersion">Such as <c>cert-manager.io/v1</c>.</param>
/// <param name="Kind">Such as <c>Certificate</c>.</param>
/// <param name="Objects">How many objects of it there are.</param>
public sealed record UncheckedKind(string ApiVersion, string Kind, int Objects);
