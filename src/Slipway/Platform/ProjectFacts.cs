namespace Slipway.Platform;

/// <summary>What names the platform.</summary>
/// <param name="Name">The project's name, such as <c>demo-replica-agent</c>.</param>
/// <param name="Environment">The infrastructure's environment, such as <c>pre-prod</c>.</param>
/// <param name="Region">The AWS region, such as <c>us-east-1</c>.</param>
/// <param name="AccountId">The AWS account, 12 digits.</param>
/// <param name="Namespace">The Kubernetes namespace of the base.</param>
public sealed record ProjectFacts(
    Value<string> Name,
    Value<string> Environment,
    Value<string> Region,
    Value<string> AccountId,
    Value<string> Namespace);
