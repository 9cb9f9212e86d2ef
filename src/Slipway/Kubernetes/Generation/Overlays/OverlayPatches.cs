using System.Text.RegularExpressions;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>What an environment has otherwise than the base, as patches.</summary>
internal sealed class OverlayPatches(PlatformModel model, EnvironmentNames names, BaseObjects objects, ScalePlan scale, OverlayNodes nodes)
{
    private EnvironmentDefinition Environment => names.Environment;

    /// <summary>The patches that change something, in order.</summary>
    public IReadOnlyList<OverlayPatch> All() =>
    [
        .. new[]
        {
            Namespace(),
            File("config-maps.yaml", ConfigMaps()),
            File("environment-variables.yaml", EnvironmentVariables()),
            File("images.yaml", SharedImages()),
            File("ingress.yaml", new IngressPatches(Environment, objects, nodes).All()),
            File("resources.yaml", Resources()),
            File("autoscalers.yaml", Scalers()),
            ScaledDeployments(),
            File("disruption-budgets.yaml", Budgets()),
            RemovedScalers(),
            RemovedBudgets(),
        }.OfType<OverlayPatch>(),
    ];

    private static OverlayPatch? File(string name, IEnumerable<MappingNode> patches)
    {
        var documents = patches.Select(patch => new Document(patch)).ToList();
        return documents.Count == 0 ? null : new OverlayPatch($"patches/{name}", documents);
    }

    // Environments that share a namespace would each take it away from the others when they are removed.
    private OverlayPatch? Namespace()
    {
        var mine = names.Namespace;
        var isShared = model.Environments.Any(other => other.Name != names.Name && nodes.Text(other.Namespace ?? model.Facts.Project.Namespace) == mine);
        if (!isShared || objects.OfKind("Namespace").FirstOrDefault() is not { } found) return null;
        var patch = BaseObjects.Patch(found);
        patch.Mapping("metadata")!.Add(
            "annotations",
            new MappingNode().Add("argocd.argoproj.io/sync-options", OverlayNodes.Derived("Delete=false,Prune=false", "a namespace that environments share")));
        return File("namespace.yaml", [patch]);
    }

    private IEnumerable<MappingNode> ConfigMaps()
    {
        foreach (var definition in model.Inventory.ConfigMaps)
        {
            if (objects.Find("ConfigMap", definition.Name) is not { } found) continue;
            var data = new MappingNode();
            if (names.Prefix.Length > 0)
            {
                foreach (var (key, value) in definition.Entries)
                {
                    if (value is EntryValue.ServiceAddress address) data.Add(key, ServiceAddressText.Write(model, address, names));
                }
            }

            foreach (var (key, value) in Environment.ConfigMaps.GetValueOrDefault(definition.Name) ?? new Dictionary<string, Value<string>>())
                data[key] = nodes.Override(value);
            if (data.Count > 0) yield return BaseObjects.Patch(found).Add("data", data);
        }
    }

    private IEnumerable<MappingNode> EnvironmentVariables()
    {
        if (names.Prefix.Length == 0) yield break;
        foreach (var workload in model.Inventory.Workloads)
        {
            var changed = new SequenceNode();
            foreach (var variable in workload.Environment)
            {
                if (variable.Value is EntryValue.ServiceAddress address)
                    changed.Add(new MappingNode().Add("name", variable.Name).Add("value", ServiceAddressText.Write(model, address, names)));
            }

            if (changed.Count > 0 && Container(workload.Name, new MappingNode().Add("env", changed)) is { } patch) yield return patch;
        }
    }

    // The images transformer goes by repository; workloads that share one and want different tags are patched instead.
    private IEnumerable<MappingNode> SharedImages()
    {
        foreach (var (workload, tag) in ImageOverrides.Patched(model, Environment, nodes))
        {
            var image = new MappingNode().Add("image", OverlayNodes.Derived($"{nodes.Text(workload.Image.Repository)}:{nodes.Text(tag)}", tag.Source.Origin));
            if (Container(workload.Name, image) is { } patch) yield return patch;
        }
    }

    private IEnumerable<MappingNode> Resources()
    {
        foreach (var workload in model.Inventory.Workloads)
        {
            if ((Environment.Workloads.GetValueOrDefault(workload.Name)?.Resources ?? Environment.Resources) is not { } needs) continue;
            var resources = new MappingNode()
                .Add("requests", new MappingNode().Add("cpu", nodes.Override(needs.CpuRequest)).Add("memory", nodes.Override(needs.MemoryRequest)))
                .Add("limits", new MappingNode().Add("cpu", nodes.Override(needs.CpuLimit)).Add("memory", nodes.Override(needs.MemoryLimit)));
            if (Container(workload.Name, new MappingNode().Add("resources", resources)) is { } patch) yield return patch;
        }
    }

    private IEnumerable<MappingNode> Scalers() => scale.RaisedScalers.Select(raised =>
    {
        var spec = new MappingNode().Add("minReplicas", nodes.Override(raised.Minimum));
        if (raised.Maximum is { } maximum) spec.Add("maxReplicas", ScalarNode.Of(maximum, Provenance.Derived("not below the minimum")));
        return BaseObjects.Patch(raised.Scaler).Add("spec", spec);
    });

    private IEnumerable<MappingNode> Budgets() => scale.LoweredBudgets.Select(lowered =>
        BaseObjects.Patch(lowered.Budget).Add(
            "spec",
            new MappingNode().Add("minAvailable", ScalarNode.Of(lowered.Available, Provenance.Derived("one less than the pods, so that nodes can be drained")))));

    private OverlayPatch? ScaledDeployments()
    {
        if (scale.Scaled.Count == 0) return null;
        var source = Provenance.Derived("the autoscaler sets the number of pods");
        var patch = BaseObjects.Patch(objects.Find("Deployment", scale.Scaled[0])!)
            .Add("spec", new MappingNode().Add("replicas", ScalarNode.Null(source)));
        return new OverlayPatch("patches/scaled-deployments.yaml", [new Document(patch)], ("Deployment", Names(scale.Scaled)));
    }

    private OverlayPatch? RemovedScalers() =>
        scale.KeepsScalers || !objects.OfKind("HorizontalPodAutoscaler").Any()
            ? null
            : Removal("patches/remove-autoscalers.yaml", objects.OfKind("HorizontalPodAutoscaler").First(), null);

    private OverlayPatch? RemovedBudgets()
    {
        if (scale.BudgetCount == 0 || (!scale.RemovesBudgets && scale.RemovedBudgets.Count == 0)) return null;
        var expression = scale.RemovesBudgets ? null : Names(scale.RemovedBudgets);
        return Removal("patches/remove-disruption-budgets.yaml", objects.OfKind("PodDisruptionBudget").First(), expression);
    }

    // One patch with a target: a file with several deletions makes kustomize 5.5 fail.
    private static OverlayPatch Removal(string file, MappingNode example, string? expression)
    {
        var patch = new MappingNode()
            .Add("apiVersion", example.Text("apiVersion")!)
            .Add("kind", example.Text("kind")!)
            .Add("metadata", new MappingNode().Add("name", "all"))
            .Add("$patch", "delete");
        return new OverlayPatch(file, [new Document(patch)], (example.Text("kind")!, expression));
    }

    private static string Names(IEnumerable<string> names) => string.Join('|', names.Select(Regex.Escape));

    private MappingNode? Container(string workload, MappingNode changed) =>
        objects.Runner(workload) is { } runner ? BaseObjects.ContainerPatch(runner, changed) : null;
}
