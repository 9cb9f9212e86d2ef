using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Roles and bindings.</summary>
internal static class RoleRules
{
    public static void Rule(RuleContext at)
    {
        at.Require(at.Node.Sequence("verbs") is not { Count: 0 }, Codes.MissingField, "verbs", "the rule allows nothing", "list verbs such as get, list, watch");
        var urls = at.Node.Sequence("nonResourceURLs") is { Count: > 0 };
        var resources = at.Node.Sequence("resources") is { Count: > 0 };
        at.Require(urls || resources, Codes.MissingField, "resources", "the rule names no resource", "list resources such as pods");
        at.Require(!(urls && resources), Codes.ExclusiveFields, "nonResourceURLs", "a rule is about resources or about URLs, not both", "make two rules of it");
        at.Require(!urls || at.Item.Kind == "ClusterRole", Codes.BadCombination, "nonResourceURLs", "only a ClusterRole can allow URLs", "make it a ClusterRole, or name resources");
        if (resources) at.Require(at.Node.Sequence("apiGroups") is { Count: > 0 }, Codes.MissingField, "apiGroups", "the rule names no API group", "add 'apiGroups', with \"\" for the core group");
    }

    public static void Reference(RuleContext at)
    {
        if (at.Node.Text("apiGroup") is { } group)
            at.Require(group is "" or "rbac.authorization.k8s.io", Codes.NotAllowedValue, "apiGroup", $"'{group}' is not the group of roles", "write 'rbac.authorization.k8s.io'");
        if (at.Item.Kind == "ClusterRoleBinding")
            at.Require(at.Node.Text("kind") != "Role", Codes.BadCombination, "kind", "a ClusterRoleBinding cannot grant a Role", "name a ClusterRole, or make it a RoleBinding");
    }

    public static void Subject(RuleContext at)
    {
        if (at.Node.Text("apiGroup") is { } group && at.Node.Text("kind") is { } kind)
            at.Require(group == (kind == "ServiceAccount" ? "" : "rbac.authorization.k8s.io") || group.Length == 0, Codes.NotAllowedValue, "apiGroup", $"a {kind} is not of the group '{group}'", kind == "ServiceAccount" ? "remove 'apiGroup'" : "write 'rbac.authorization.k8s.io'");

        // In a RoleBinding the namespace is that of the binding.
        if (at.Node.Text("kind") == "ServiceAccount" && at.Item.Kind == "ClusterRoleBinding")
            at.Require(at.Node.Text("namespace") is not null, Codes.MissingField, "namespace", "a ServiceAccount is named without its namespace", "add 'namespace'");
    }
}
