using Slipway.Documents;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_configmap</c>: a file for each config map.</summary>
internal sealed class ConfigMapTool() : TemplateTool<ConfigMapDefinition>(
    "generate_configmap", "configmap", "base/configmaps/configmaps.yaml", "Makes a ConfigMap; addresses of services follow from the inventory.")
{
    protected override IEnumerable<ConfigMapDefinition> Select(ToolCall call) => call.Model.Inventory.ConfigMaps;

    protected override string NameOf(ConfigMapDefinition one) => one.Name;

    protected override MappingNode Values(ConfigMapDefinition one, ToolCall call)
    {
        var data = new MappingNode();
        foreach (var (key, value) in one.Entries) data.Add(key, EntryTexts.Of(value, call));
        return Begin(ScalarNode.Of(one.Name, one.Source), Labels.Shared(call), call).Add("data", data);
    }
}
