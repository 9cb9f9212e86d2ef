using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_secret</c>: placeholders, only when asked for.</summary>
internal sealed class SecretTool() : TemplateTool<SecretDefinition>(
    "generate_secret", "secret", "base/secrets/secrets.yaml", "Makes Secrets that hold placeholders, for clusters without a secret store; never a real secret.")
{
    protected override IEnumerable<SecretDefinition> Select(ToolCall call) => call.Model.Inventory.Secrets;

    protected override string NameOf(SecretDefinition one) => one.Name;

    protected override MappingNode Values(SecretDefinition one, ToolCall call) =>
        Begin(ScalarNode.Of(one.Name, one.Source), Labels.Shared(call), call)
            .Add("keys", new SequenceNode(one.Keys.Select(key => ScalarNode.Of(key.Name, key.Source))));
}
