using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Tools;

/// <summary><c>generate_secret_store</c>.</summary>
internal sealed class SecretStoreTool : IGenerationTool
{
    public string Name => "generate_secret_store";

    public string Description => "Makes the store that ExternalSecrets read from: AWS Secrets Manager in the platform's region.";

    public IReadOnlyList<ToolParameter> Parameters { get; } =
    [
        new("kind", "string", "ClusterSecretStore, or SecretStore in the platform's namespace", SecretStoreNames.Kind),
        new("service_account", "string", "the account whose IAM role reads the secrets; without it, the operator's own"),
        new("service_account_namespace", "string", "that account's namespace; without it, the platform's"),
    ];

    public IReadOnlyList<GeneratedFile> Run(ToolCall call)
    {
        var ofNamespace = call.Arguments.Text("kind") == "SecretStore";
        var project = call.Model.Facts.Project;
        var values = new MappingNode()
            .Add("name", ScalarNode.Of(SecretStoreNames.Name, Provenance.Default("secret store")))
            .Add("labels", Labels.Shared(call))
            .Add("region", call.Node(project.Region));
        if (ofNamespace) values.Add("namespace", call.Node(project.Namespace));
        if (call.Arguments["service_account"] is { } account)
        {
            values.Add("serviceAccount", account);
            if (!ofNamespace) values.Add("serviceAccountNamespace", call.Arguments["service_account_namespace"] ?? call.Node(project.Namespace));
        }

        return [GeneratedFile.Yaml("infrastructure/external-secrets/secret-store.yaml", call.Render(ofNamespace ? "secret-store" : "cluster-secret-store", values))];
    }
}
