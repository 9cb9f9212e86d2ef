using Slipway.Documents;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_external_secret</c>.</summary>
internal sealed class ExternalSecretTool() : TemplateTool<SecretDefinition>(
    "generate_external_secret", "external-secret", "base/secrets/external-secrets.yaml", "Makes ExternalSecrets, which bring Secrets from AWS Secrets Manager.")
{
    protected override IEnumerable<SecretDefinition> Select(ToolCall call) => call.Model.Inventory.Secrets;

    protected override string NameOf(SecretDefinition one) => one.Name;

    protected override MappingNode Values(SecretDefinition one, ToolCall call)
    {
        var keys = new SequenceNode();
        foreach (var key in one.Keys)
        {
            var node = new MappingNode().Add("name", ScalarNode.Of(key.Name, key.Source));
            if (key.Property is not null) node.Add("property", ScalarNode.Of(key.Property, key.Source));
            keys.Add(node);
        }

        var values = Begin(ScalarNode.Of(one.Name, one.Source), Labels.Shared(call), call)
            .Add("store", ScalarNode.Of(SecretStoreNames.Name, Provenance.Default("secret store")))
            .Add("storeKind", ScalarNode.Of(SecretStoreNames.Kind, Provenance.Default("secret store")))
            .Add("remote", EntryTexts.Of(one.RemoteName, call))
            .Add("keys", keys);
        if (one.Keys.Any(key => key.Template is not null)) values.Add("templates", Templates(one));
        return values;
    }

    // One composed key makes the whole Secret composed, for External Secrets then writes only what its template names.
    private static MappingNode Templates(SecretDefinition secret)
    {
        var templates = new MappingNode();
        foreach (var key in secret.Keys)
            templates.Add(key.Name, ScalarNode.Of(key.Template ?? Take(key.Property ?? key.Name), key.Source));
        return templates;
    }

    /// <summary>A Go template that takes a property whatever its name is.</summary>
    private static string Take(string property) =>
        property.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') && !char.IsAsciiDigit(property[0])
            ? $"{{{{ .{property} }}}}"
            : $"{{{{ index . \"{Escape(property)}\" }}}}";

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
