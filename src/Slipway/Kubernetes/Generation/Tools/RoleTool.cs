using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_role</c>.</summary>
internal sealed class RoleTool() : TemplateTool<RoleDefinition>("generate_role", "role", "base/rbac/roles.yaml", "Makes the namespaced Roles.")
{
    protected override IEnumerable<RoleDefinition> Select(ToolCall call) => call.Model.Inventory.Roles;

    protected override string NameOf(RoleDefinition one) => one.Name;

    protected override MappingNode Values(RoleDefinition one, ToolCall call)
    {
        var rules = new SequenceNode();
        foreach (var rule in one.Rules)
        {
            var node = new MappingNode()
                .Add("apiGroups", Texts(rule.ApiGroups, one.Source))
                .Add("resources", Texts(rule.Resources, one.Source))
                .Add("verbs", Texts(rule.Verbs, one.Source));
            if (rule.ResourceNames.Count > 0) node.Add("resourceNames", Texts(rule.ResourceNames, one.Source));
            rules.Add(node);
        }

        return Begin(ScalarNode.Of(one.Name, one.Source), Labels.Shared(call), call).Add("rules", rules);
    }

    private static SequenceNode Texts(IEnumerable<string> texts, Provenance source) => new(texts.Select(text => ScalarNode.Of(text, source)));
}
