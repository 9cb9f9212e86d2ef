using Slipway.Documents;

namespace Slipway.Kubernetes.Validation.References;

/// <summary>The pods that an object makes.</summary>
/// <param name="Owner">The object.</param>
/// <param name="Labels">The labels of its pods.</param>
/// <param name="Spec">The specification of its pods.</param>
/// <param name="Path">The way to <paramref name="Spec"/>.</param>
internal sealed record PodTemplate(ManifestObject Owner, MappingNode Labels, MappingNode Spec, NodePath Path)
{
    private static readonly NodePath InTemplate = NodePath.Of("spec.template.spec");
    private static readonly NodePath InJobTemplate = NodePath.Of("spec.jobTemplate.spec.template.spec");

    /// <summary>The containers, those that run first included, with the way to each.</summary>
    public IEnumerable<(MappingNode Container, NodePath Path)> AllContainers => In("initContainers").Concat(In("containers"));

    /// <summary>The containers that keep running.</summary>
    public IEnumerable<(MappingNode Container, NodePath Path)> Containers => In("containers");

    public static PodTemplate? Of(ManifestObject item)
    {
        var (template, path) = item.Kind switch
        {
            "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Job" or "Rollout" or "ReplicationController" => (item.Spec?.Mapping("template"), InTemplate),
            "CronJob" => (item.Spec?.Mapping("jobTemplate")?.Mapping("spec")?.Mapping("template"), InJobTemplate),
            "Pod" => (item.Node, NodePath.Root["spec"]),
            _ => (null, NodePath.Root),
        };
        if (template?.Mapping("spec") is not { } spec) return null;
        return new PodTemplate(item, template.Mapping("metadata")?.Mapping("labels") ?? [], spec, path);
    }

    /// <summary>The ports that the containers declare.</summary>
    public IEnumerable<MappingNode> Ports => AllContainers.SelectMany(container => container.Container.Sequence("ports") ?? []).OfType<MappingNode>();

    /// <summary>True when a container declares a port of that name.</summary>
    public bool HasPort(string name) => Ports.Any(port => port.Text("name") == name);

    private IEnumerable<(MappingNode, NodePath)> In(string list)
    {
        var containers = Spec.Sequence(list) ?? [];
        for (var at = 0; at < containers.Count; at++)
        {
            if (containers[at] is MappingNode container) yield return (container, Path[list][at]);
        }
    }
}
