using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_namespace</c>.</summary>
internal sealed class NamespaceTool() : TemplateTool<Value<string>>(
    "generate_namespace", "namespace", "base/namespace/namespace.yaml", "Makes the Namespace, held to the restricted pod security standard.")
{
    protected override IEnumerable<Value<string>> Select(ToolCall call) => [call.Model.Facts.Project.Namespace];

    protected override string NameOf(Value<string> one) => one.ToString();

    protected override MappingNode Values(Value<string> one, ToolCall call) => new MappingNode()
        .Add("name", call.Node(one))
        .Add("labels", Labels.Shared(call));
}
