using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_service_account</c>.</summary>
internal sealed class ServiceAccountTool() : TemplateTool<ServiceAccountDefinition>(
    "generate_service_account",
    "service-account",
    "base/rbac/service-accounts.yaml",
    "Makes ServiceAccounts with their IAM roles; the API token is mounted only where a Role is bound.")
{
    protected override IEnumerable<ServiceAccountDefinition> Select(ToolCall call) => call.Model.Inventory.ServiceAccounts;

    protected override string NameOf(ServiceAccountDefinition one) => one.Name;

    protected override MappingNode Values(ServiceAccountDefinition one, ToolCall call)
    {
        var labels = new MappingNode().Add(Labels.Name, ScalarNode.Of(Labels.AsLabel(one.Name) ?? one.Name, one.Source));
        if (one.Tier is not null) labels.Add(Labels.Component, ScalarNode.Of(one.Tier, one.Source));
        foreach (var label in Labels.Shared(call)) labels.Add(label.Key, label.Value);
        var bound = call.Model.Inventory.Roles.FirstOrDefault(role => role.Bindings.Any(binding => binding.ServiceAccounts.Contains(one.Name, StringComparer.Ordinal)));
        var values = Begin(ScalarNode.Of(one.Name, one.Source), labels, call)
            .Add("automountToken", ScalarNode.Of(bound is not null, bound?.Source ?? Provenance.Default("no role is bound to the account")));
        if (one.IrsaRole is not null && call.Model.Facts.IrsaRoles.TryGetValue(one.IrsaRole, out var role)) values.Add("roleArn", call.Node(role));
        return values;
    }
}
