using Slipway.Documents;

namespace Slipway.Tests.Kubernetes.Generation.Overlays;

/// <summary>The names that objects refer to each other by, as a cluster would look them up.</summary>
internal static class References
{
    /// <summary>Every reference that leads nowhere, as <c>kind/name -> kind/name</c>.</summary>
    public static IReadOnlyList<string> Dangling(IReadOnlyList<MappingNode> objects)
    {
        var there = objects.Select(found => $"{found.Text("kind")}/{Name(found)}").ToHashSet(StringComparer.Ordinal);
        foreach (var secret in objects.Where(found => found.Text("kind") == "ExternalSecret"))
            there.Add($"Secret/{secret.Mapping("spec")!.Mapping("target")!.Text("name")}");
        return [.. objects.SelectMany(found => Of(found).Where(target => !there.Contains(target)).Select(target => $"{found.Text("kind")}/{Name(found)} -> {target}"))];
    }

    public static string Name(MappingNode found) => found.Mapping("metadata")!.Text("name")!;

    private static IEnumerable<string> Of(MappingNode found)
    {
        var targets = new List<string>();
        Walk(found, "", targets);
        return targets.Distinct(StringComparer.Ordinal);
    }

    private static void Walk(Node node, string key, List<string> targets)
    {
        switch (node)
        {
            case SequenceNode list:
                foreach (var item in list) Walk(item, key, targets);
                break;
            case MappingNode mapping:
                Add(mapping, key, targets);
                foreach (var entry in mapping) Walk(entry.Value, entry.Key, targets);
                break;
        }
    }

    private static void Add(MappingNode mapping, string key, List<string> targets)
    {
        void Name(string kind, string? name)
        {
            if (name is not null) targets.Add($"{kind}/{name}");
        }

        switch (key)
        {
            case "configMapKeyRef" or "configMapRef" or "configMap":
                Name("ConfigMap", mapping.Text("name"));
                break;
            case "secretKeyRef" or "secretRef":
                Name("Secret", mapping.Text("name"));
                break;
            case "secret":
                Name("Secret", mapping.Text("secretName"));
                break;
            case "persistentVolumeClaim":
                Name("PersistentVolumeClaim", mapping.Text("claimName"));
                break;
            case "service":
                Name("Service", mapping.Text("name"));
                break;
            case "scaleTargetRef" or "roleRef" or "subjects":
                Name(mapping.Text("kind")!, mapping.Text("name"));
                break;
        }

        Name("ServiceAccount", mapping.Text("serviceAccountName"));
    }
}
