using System.Globalization;
using Slipway.Documents;

namespace Slipway.Platform.Reading;

/// <summary>Writes what <see cref="WorkloadReader"/> reads; what is not there is written as <c>false</c> where a default would come in.</summary>
internal static class WorkloadWriter
{
    /// <summary>Writes a workload.</summary>
    public static MappingNode Write(Workload workload)
    {
        var isServing = workload.Kind == WorkloadKind.Deployment;
        var node = new MappingNode()
            .Add("name", ScalarNode.Of(workload.Name, workload.Source))
            .Add("tier", ScalarNode.Of(workload.Tier, workload.Source))
            .Add("kind", ScalarNode.Of(WordFor(workload), workload.Source))
            .AddIf("schedule", workload.Schedule)
            .AddIf("ports", new SequenceNode(workload.Ports.Select(port => WritePort(port, workload.Source))))
            .Add("image", WriteImage(workload.Image));
        if (isServing) node.Add("replicas", InventoryNodes.Number(workload.Replicas));
        node.Add("resources", WriteResources(workload.Resources))
            .Add("serviceAccount", InventoryNodes.Text(workload.ServiceAccount))
            .AddIf("command", InventoryNodes.Texts(workload.Command))
            .AddIf("args", InventoryNodes.Texts(workload.Arguments))
            .AddIf("env", EntryWriter.WriteEnvironment(workload));
        if (isServing) node.Add("probes", WriteProbes(workload));
        var none = ScalarNode.Of(false, workload.Source);
        node.Add("writablePaths", workload.WritablePaths.Count == 0 ? none : InventoryNodes.Texts(workload.WritablePaths))
            .AddIf("volumes", new SequenceNode(workload.Volumes.Select(volume => WriteVolume(volume, workload.Source))));
        if (isServing)
        {
            node.Add("autoscale", workload.Autoscaling is { } scaling ? WriteScaling(scaling) : none);
            node.Add("disruptionBudget", workload.DisruptionBudget is { } budget ? WriteBudget(budget) : none);
        }

        node.AddIf("ingress", new SequenceNode(workload.Ingress.Select(WriteRoute))).Add("egress", WriteEgress(workload));
        if (workload.ObjectStorage is { } storage) node.Add("storage", new MappingNode().Add("s3", ScalarNode.Of(storage.Write ? "readwrite" : "read", storage.Source)));
        if (isServing) node.Add("metrics", workload.Metrics is { } metrics ? WriteMetrics(metrics) : none);
        var annotations = new MappingNode();
        foreach (var (key, value) in workload.Annotations) annotations.Add(key, InventoryNodes.Text(value));
        return node.AddIf("annotations", annotations)
            .AddIf("terminationGracePeriodSeconds", workload.TerminationGracePeriodSeconds)
            .Add("runAsUser", InventoryNodes.Number(workload.RunAsUser))
            .Add("fsGroup", InventoryNodes.Number(workload.FsGroup));
    }

    private static string WordFor(Workload workload) => workload.Kind switch
    {
        WorkloadKind.Job => "job",
        WorkloadKind.CronJob => "cronjob",
        _ => workload.Ports.Count == 0 ? "worker" : "deployment",
    };

    private static MappingNode WritePort(WorkloadPort port, Provenance source) => new MappingNode()
        .Add("name", InventoryNodes.Text(port.Name))
        .Add("port", InventoryNodes.Number(port.ContainerPort))
        .Add("servicePort", InventoryNodes.Number(port.ServicePort))
        .Add("protocol", ScalarNode.Of(PortReader.WordFor(port.Protocol), port.ContainerPort.Source.Kind == ProvenanceKind.Default ? source : port.ContainerPort.Source));

    private static MappingNode WriteImage(ImageReference image) => new MappingNode()
        .Add("name", InventoryNodes.Text(image.Name))
        .Add("repository", InventoryNodes.Text(image.Repository))
        .AddIf("tag", image.Tag)
        .AddIf("digest", image.Digest);

    private static MappingNode WriteResources(ResourceNeeds needs) => new MappingNode()
        .Add("requests", new MappingNode().Add("cpu", InventoryNodes.Text(needs.CpuRequest)).Add("memory", InventoryNodes.Text(needs.MemoryRequest)))
        .Add("limits", new MappingNode().Add("cpu", InventoryNodes.Text(needs.CpuLimit)).Add("memory", InventoryNodes.Text(needs.MemoryLimit)));

    private static MappingNode WriteProbes(Workload workload) => new MappingNode()
        .Add("readiness", WriteProbe(workload.Readiness, workload.Source))
        .Add("liveness", WriteProbe(workload.Liveness, workload.Source))
        .Add("startup", WriteProbe(workload.Startup, workload.Source));

    private static Node WriteProbe(Probe? probe, Provenance source)
    {
        if (probe is null) return ScalarNode.Of(false, source);
        var word = ProbeReader.Kinds.First(pair => pair.Value == probe.Kind).Key;
        return new MappingNode()
            .Add("type", ScalarNode.Of(word, probe.InitialDelaySeconds.Source))
            .AddIf("path", probe.Path)
            .AddIf("port", probe.Port)
            .AddIf("command", InventoryNodes.Texts(probe.Command))
            .Add("initialDelay", InventoryNodes.Number(probe.InitialDelaySeconds))
            .Add("period", InventoryNodes.Number(probe.PeriodSeconds))
            .AddIf("timeout", probe.TimeoutSeconds)
            .AddIf("failureThreshold", probe.FailureThreshold);
    }

    private static MappingNode WriteVolume(VolumeNeed volume, Provenance source)
    {
        var node = new MappingNode()
            .Add("name", ScalarNode.Of(volume.Name, source))
            .Add("mountPath", InventoryNodes.Text(volume.MountPath))
            .Add("readOnly", ScalarNode.Of(volume.ReadOnly, source));
        return volume switch
        {
            VolumeNeed.EmptyDir scratch => node.Add("emptyDir", new MappingNode().AddIf("sizeLimit", scratch.SizeLimit)),
            VolumeNeed.ConfigMap map => node.Add("configMap", ScalarNode.Of(map.ConfigMapName, source)),
            VolumeNeed.Secret secret => node.Add("secret", ScalarNode.Of(secret.SecretName, source)),
            VolumeNeed.PersistentClaim claim => node.Add(
                "claim",
                new MappingNode().Add("size", InventoryNodes.Text(claim.Size)).AddIf("storageClass", claim.StorageClass).Add("accessMode", InventoryNodes.Text(claim.AccessMode))),
            _ => throw new ArgumentException($"There is no way to write a {volume.GetType().Name}.", nameof(volume)),
        };
    }

    private static MappingNode WriteScaling(Autoscaling scaling) => new MappingNode()
        .Add("min", InventoryNodes.Number(scaling.Minimum))
        .Add("max", InventoryNodes.Number(scaling.Maximum))
        .AddIf("cpu", scaling.CpuPercent)
        .AddIf("memory", scaling.MemoryPercent);

    private static MappingNode WriteBudget(DisruptionBudget budget)
    {
        var node = new MappingNode();
        if (budget.MinAvailable is { } stay) node.Add("minAvailable", CountOrPercent(stay));
        if (budget.MaxUnavailable is { } go) node.Add("maxUnavailable", CountOrPercent(go));
        return node;
    }

    private static ScalarNode CountOrPercent(Value<string> value) =>
        value.TryGet(out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text
            ? ScalarNode.Of(number, value.Source)
            : InventoryNodes.Text(value);

    private static MappingNode WriteRoute(IngressRoute route)
    {
        var node = new MappingNode().Add("path", InventoryNodes.Text(route.Path));
        return route.Port is { } port ? node.Add("port", ScalarNode.Of(port, route.Path.Source)) : node;
    }

    private static MappingNode WriteEgress(Workload workload)
    {
        var (egress, source) = (workload.Egress, workload.Source);
        return new MappingNode()
            .Add("services", InventoryNodes.Words(egress.Services, source))
            .Add("database", ScalarNode.Of(egress.Database, source))
            .Add("cache", ScalarNode.Of(egress.Cache, source))
            .Add("aws", ScalarNode.Of(egress.Aws, source))
            .AddIf("external", new SequenceNode(egress.External.Select(destination => new MappingNode()
                .Add("cidr", ScalarNode.Of(destination.Cidr, destination.Source))
                .Add("ports", new SequenceNode(destination.Ports.Select(port => ScalarNode.Of(port, destination.Source)))))));
    }

    private static MappingNode WriteMetrics(MetricsEndpoint metrics) => new MappingNode()
        .Add("path", InventoryNodes.Text(metrics.Path))
        .Add("port", ScalarNode.Of(metrics.Port, metrics.Path.Source));
}
