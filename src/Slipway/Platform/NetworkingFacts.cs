namespace Slipway.Platform;

/// <summary>The network (for reference, and for egress rules).</summary>
/// <param name="VpcId">Such as <c>vpc-0abc</c>.</param>
/// <param name="VpcCidr">Such as <c>10.0.0.0/16</c>.</param>
/// <param name="PrivateSubnetIds">The subnets of the nodes.</param>
public sealed record NetworkingFacts(Value<string> VpcId, Value<string> VpcCidr, Value<IReadOnlyList<string>> PrivateSubnetIds);
