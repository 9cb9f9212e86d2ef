namespace Slipway.Platform;

/// <summary>A destination outside the platform.</summary>
/// <param name="Cidr">Such as <c>203.0.113.0/24</c>; <c>0.0.0.0/0</c> for any.</param>
/// <param name="Ports">TCP ports.</param>
/// <param name="Source">Where it was declared.</param>
public sealed record ExternalDestination(string Cidr, IReadOnlyList<int> Ports, Provenance Source);
