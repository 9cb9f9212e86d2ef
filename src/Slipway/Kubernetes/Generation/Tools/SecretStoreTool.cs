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
        new("kind", "string", "ClusterSecretStore for the namespaces of the platform, or SecretStore in the base's namespace", SecretStoreNames.Kind),
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
        else values.Add("namespaces", new SequenceNode(Namespaces(call.Model).Select(call.Node)));
        if (call.Arguments["service_account"] is { } account)
        {
            values.Add("serviceAccount", account);
            if (!ofNamespace) values.Add("serviceAccountNamespace", call.Arguments["service_account_namespace"] ?? call.Node(project.Namespace));
        }

        return [GeneratedFile.Yaml("infrastructure/external-secrets/secret-store.yaml", call.Render(ofNamespace ? "secret-store" : "cluster-secret-store", values))];
    }

    private static IEnumerable<Value<string>> Namespaces(PlatformModel model) =>
        model.Environments.Select(environment => environment.Namespace).OfType<Value<string>>().Prepend(model.Facts.Project.Namespace)
            .DistinctBy(name => name.ToString());
}
