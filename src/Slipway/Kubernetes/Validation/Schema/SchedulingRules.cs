using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Where pods may run, and which go first.</summary>
internal static class SchedulingRules
{
    private const long HighestOfUsers = 1_000_000_000;

    public static void Toleration(RuleContext at)
    {
        var exists = at.Node.Text("operator") == "Exists";
        at.Require(!exists || at.Node.Text("value") is null or "", Codes.BadCombination, "value", "the operator Exists takes no value", "remove 'value', or write 'operator: Equal'");
        at.Require(exists || at.Node.Text("key") is { Length: > 0 }, Codes.BadCombination, "key", "only the operator Exists does without a key", "add 'key', or write 'operator: Exists'");
        if (at.Node.Has("tolerationSeconds"))
            at.Require(at.Node.Text("effect") == "NoExecute", Codes.BadCombination, "tolerationSeconds", "only the effect NoExecute is tolerated for a time", "write 'effect: NoExecute', or remove 'tolerationSeconds'");
    }

    public static void NodeRequirement(RuleContext at)
    {
        var values = at.Node.Sequence("values");
        switch (at.Node.Text("operator"))
        {
            case "In" or "NotIn":
                at.Require(values is { Count: > 0 }, Codes.BadCombination, "values", "the operator needs values", "list at least one value");
                break;
            case "Exists" or "DoesNotExist":
                at.Require(values is null or { Count: 0 }, Codes.BadCombination, "values", "the operator takes no values", "remove 'values'");
                break;
            case "Gt" or "Lt":
                at.Require(values is [ScalarNode { Text: var text }] && long.TryParse(text, out _), Codes.BadCombination, "values", "the operator compares with one whole number", "write it as [\"5\"]");
                break;
        }
    }

    public static void PriorityClass(RuleContext at)
    {
        var system = at.Item.Name is "system-node-critical" or "system-cluster-critical";
        at.Require(system || !at.Item.Name.StartsWith("system-", StringComparison.Ordinal), Codes.BadName, "metadata", "names that begin with 'system-' belong to Kubernetes", "choose another name");
        if (at.Number("value") is { } value && !system)
            at.Require(value <= HighestOfUsers, Codes.OutOfRange, "value", $"{value} is kept for Kubernetes itself", $"write at most {HighestOfUsers}");
    }
}
