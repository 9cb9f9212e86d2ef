using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Objects that are nothing without a specification.</summary>
internal static class SpecRules
{
    public static void Needed(RuleContext at) =>
        at.Require(at.Node["spec"] is not (null or ScalarNode), Codes.MissingField, "spec", $"the {at.Item.Kind} has no specification", "add 'spec'");

    public static void Pod(RuleContext at)
    {
        if (at.Item.Node == at.Node) Needed(at);
    }
}
