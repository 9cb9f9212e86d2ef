using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_role_binding</c>.</summary>
internal sealed class RoleBindingTool() : TemplateTool<(RoleDefinition Role, RoleBindingDefinition Binding)>(
    "generate_role_binding", "role-binding", "base/rbac/role-bindings.yaml", "Makes the RoleBindings of Roles to ServiceAccounts.")
{
    protected override IEnumerable<(RoleDefinition Role, RoleBindingDefinition Binding)> Select(ToolCall call) =>
        from role in call.Model.Inventory.Roles
        from binding in role.Bindings
        select (role, binding);

    protected override string NameOf((RoleDefinition Role, RoleBindingDefinition Binding) one) => one.Binding.Name;

    protected override MappingNode Values((RoleDefinition Role, RoleBindingDefinition Binding) one, ToolCall call)
    {
        var source = one.Role.Source;
        return Begin(ScalarNode.Of(one.Binding.Name, source), Labels.Shared(call), call)
            .Add("role", ScalarNode.Of(one.Role.Name, source))
            .Add("serviceAccounts", new SequenceNode(one.Binding.ServiceAccounts.Select(account => ScalarNode.Of(account, source))));
    }
}
