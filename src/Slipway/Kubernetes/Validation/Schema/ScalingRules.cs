using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Autoscalers and disruption budgets.</summary>
internal static class ScalingRules
{
    public static void Autoscaler(RuleContext at)
    {
        if (at.Number("maxReplicas") is { } most)
            at.Require(most >= (at.Number("minReplicas") ?? 1), Codes.OutOfRange, "maxReplicas", $"the most, {most}, is below the least, {at.Number("minReplicas") ?? 1}", "raise 'maxReplicas', or lower 'minReplicas'");
    }

    public static void Metric(RuleContext at)
    {
        var field = at.Node.Text("type") switch
        {
            "ContainerResource" => "containerResource",
            "External" => "external",
            "Object" => "object",
            "Pods" => "pods",
            "Resource" => "resource",
            _ => null,
        };
        if (field is not null) at.Require(at.Node.Has(field), Codes.MissingField, field, $"a metric of type {at.Node.Text("type")} needs '{field}'", $"add '{field}'");
    }

    public static void Target(RuleContext at)
    {
        var field = at.Node.Text("type") switch
        {
            "AverageValue" => "averageValue",
            "Utilization" => "averageUtilization",
            "Value" => "value",
            _ => null,
        };
        if (field is not null) at.Require(at.Node.Has(field), Codes.MissingField, field, $"a target of type {at.Node.Text("type")} needs '{field}'", $"add '{field}'");
    }

    public static void Budget(RuleContext at)
    {
        at.RequireOne(true, "minAvailable", "maxUnavailable");
        foreach (var field in (string[])["minAvailable", "maxUnavailable"])
        {
            at.RequireAtLeast(field, 0);
            at.RequirePercentage(field);
        }
    }

    public static void ResourceTarget(RuleContext at) => TargetHas(at, "averageUtilization", "averageValue");

    public static void PodsTarget(RuleContext at) => TargetHas(at, "averageValue");

    public static void ValueTarget(RuleContext at) => TargetHas(at, "averageValue", "value");

    public static void Behaviour(RuleContext at)
    {
        if (at.Node.Sequence("policies") is { } policies)
            at.Require(policies.Count > 0, Codes.MissingField, "policies", "nothing says how fast the number of pods may change", "add a policy, or remove 'policies'");
    }

    // A target in another notation is never compared with this kind of metric.
    private static void TargetHas(RuleContext at, params string[] notations)
    {
        if (at.Node.Mapping("target") is not { } target) return;
        var inner = at with { Node = target, Path = at.Path["target"] };
        foreach (var other in target.Where(entry => entry.Key != "type" && !notations.Contains(entry.Key, StringComparer.Ordinal)))
            inner.Require(false, Codes.BadCombination, other.Key, $"this kind of metric is not measured by '{other.Key}'", $"write '{string.Join("' or '", notations)}'");
        inner.RequireOne(false, notations);
    }
}
