using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Workloads;

/// <summary>The environment of a container as nodes.</summary>
internal static class EnvironmentNodes
{
    public static SequenceNode Variables(Workload workload, ToolCall call)
    {
        var list = new SequenceNode();
        foreach (var variable in workload.Environment)
        {
            var node = new MappingNode().Add("name", ScalarNode.Of(variable.Name, workload.Source));
            list.Add(variable.Value switch
            {
                EntryValue.ConfigMapKey key => node.Add("valueFrom", Reference("configMapKeyRef", key.ConfigMap, key.Key, key.Source)),
                EntryValue.SecretKey key => node.Add("valueFrom", Reference("secretKeyRef", key.Secret, key.Key, key.Source)),
                EntryValue.PodField field => node.Add("valueFrom", new MappingNode().Add("fieldRef", new MappingNode().Add("fieldPath", ScalarNode.Of(field.FieldPath, field.Source)))),
                var other => node.Add("value", EntryTexts.Of(other, call)),
            });
        }

        return list;
    }

    public static SequenceNode Sources(Workload workload, ToolCall call)
    {
        var list = new SequenceNode();
        foreach (var map in workload.EnvironmentFromConfigMaps) list.Add(Source("configMapRef", map, call));
        foreach (var secret in workload.EnvironmentFromSecrets) list.Add(Source("secretRef", secret, call));
        return list;
    }

    private static MappingNode Reference(string kind, string name, string key, Provenance source) => new MappingNode().Add(
        kind,
        new MappingNode().Add("name", ScalarNode.Of(name, source)).Add("key", ScalarNode.Of(key, source)));

    private static MappingNode Source(string kind, Value<string> name, ToolCall call) =>
        new MappingNode().Add(kind, new MappingNode().Add("name", call.Node(name)));
}
