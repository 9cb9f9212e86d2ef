using Slipway.Documents;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>
/// Tells kustomize which fields of custom kinds are names, so that a name prefix reaches them: the secret that an ExternalSecret makes (and with it
/// every pod that uses it). The store is the cluster's and keeps its name.
/// </summary>
internal static class NameReferences
{
    private static readonly (string Kind, string Pod)[] Runners =
    [
        ("CronJob", "spec/jobTemplate/spec/template/spec"),
        ("Deployment", "spec/template/spec"),
        ("Job", "spec/template/spec"),
    ];

    public static Document Build()
    {
        var secrets = new SequenceNode().Add(Field("ExternalSecret", "spec/target/name"));
        foreach (var (kind, pod) in Runners)
        {
            secrets
                .Add(Field(kind, $"{pod}/containers/env/valueFrom/secretKeyRef/name"))
                .Add(Field(kind, $"{pod}/containers/envFrom/secretRef/name"))
                .Add(Field(kind, $"{pod}/volumes/secret/secretName"));
        }

        return new Document(
            new MappingNode().Add("nameReference", new SequenceNode([Entry(secrets)])),
            ["Fields of custom kinds that hold names, for the name prefix."]);
    }

    private static MappingNode Entry(SequenceNode fields) =>
        new MappingNode().Add("kind", "ExternalSecret").Add("group", "external-secrets.io").Add("fieldSpecs", fields);

    private static MappingNode Field(string kind, string path) => new MappingNode().Add("kind", kind).Add("path", path);
}
