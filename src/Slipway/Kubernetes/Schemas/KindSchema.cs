using Slipway.Kubernetes.Schemas.Rules;

namespace Slipway.Kubernetes.Schemas;

/// <summary>A kind of API object.</summary>
/// <param name="ApiVersion">Such as <c>apps/v1</c>.</param>
/// <param name="Kind">Such as <c>Deployment</c>.</param>
/// <param name="Namespaced">False when it lives outside namespaces.</param>
/// <param name="TypeName">The name of the type that describes it.</param>
internal sealed record KindSchema(string ApiVersion, string Kind, bool Namespaced, string TypeName)
{
    /// <summary>What a custom kind demands of the whole object; null for nothing.</summary>
    public ValueRules? Rules { get; init; }

    /// <summary>How many rules in CEL a custom kind has; only a cluster evaluates them.</summary>
    public int Expressions { get; init; }
}
