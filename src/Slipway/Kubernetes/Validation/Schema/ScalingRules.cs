using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Autoscalers and disruption budgets.</summary>
internal static class ScalingRules
{
    public static void Autoscaler(RuleContext at)
    {
        at.RequireAtLeast("minReplicas", 1);
        at.RequireAtLeast("maxReplicas", 1);
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
        at.RequireAtLeast("averageUtilization", 1);
    }

    public static void Budget(RuleContext at)
    {
        at.RequireOne(true, "minAvailable", "maxUnavailable");
        foreach (var field in (string[])["minAvailable", "maxUnavailable"])
        {
            if (at.Node[field] is ScalarNode { Kind: ScalarKind.String, Text: var text })
                at.Require(IsPercentage(text), Codes.OutOfRange, field, $"'{text}' is neither a number nor a percentage", "write 1 or 50%");
        }
    }

    private static bool IsPercentage(string text) =>
        text.EndsWith('%') && int.TryParse(text.AsSpan(0, text.Length - 1), out var number) && number is >= 0 and <= 100;
}
