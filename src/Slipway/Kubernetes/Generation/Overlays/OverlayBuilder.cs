using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>Builds the overlay of an environment from the platform and the objects of the base.</summary>
internal sealed class OverlayBuilder(PlatformModel model, EnvironmentNames names, OverlayNodes nodes)
{
    private const string AccessFile = "ingress-access.yaml";
    private const string AccessName = "ingress-access";
    private const string AccessKey = "inbound-cidrs";
    private const string ReferencesFile = "name-references.yaml";

    /// <summary>The files of the overlay, ordered by path.</summary>
    /// <param name="documents">All documents of the base.</param>
    public IReadOnlyList<GeneratedFile> Build(IEnumerable<Document> documents)
    {
        var objects = new BaseObjects(documents);
        var scale = new ScalePlan(model, names.Environment, objects);
        var patches = new OverlayPatches(model, names, objects, scale, nodes).All();
        var hasAccess = names.Environment.AllowedCidrs.Count > 0 && objects.OfKind("Ingress").Any();
        var files = new List<GeneratedFile>
        {
            GeneratedFile.Yaml($"{names.Overlay}/kustomization.yaml", [Kustomization(scale, patches, hasAccess)]),
        };
        foreach (var patch in patches) files.Add(GeneratedFile.Yaml($"{names.Overlay}/{patch.File}", patch.Documents));
        if (hasAccess) files.Add(GeneratedFile.Yaml($"{names.Overlay}/{AccessFile}", [Access()]));
        if (names.Prefix.Length > 0) files.Add(GeneratedFile.Yaml($"{names.Overlay}/{ReferencesFile}", [NameReferences.Build()]));
        return [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private Document Kustomization(ScalePlan scale, IReadOnlyList<OverlayPatch> patches, bool hasAccess)
    {
        var environment = names.Environment;
        var root = new MappingNode()
            .Add("apiVersion", "kustomize.config.k8s.io/v1beta1")
            .Add("kind", "Kustomization")
            .Add("namespace", nodes.Of(environment.Namespace ?? model.Facts.Project.Namespace));
        if (names.Prefix.Length > 0) root.Add("namePrefix", nodes.Of(environment.NamePrefix!));
        var resources = new SequenceNode().Add(ScalarNode.Of("../../base"));
        if (hasAccess) resources.Add(ScalarNode.Of(AccessFile));
        root.Add("resources", resources);
        root.Add("labels", new SequenceNode(
        [
            new MappingNode()
                .Add("pairs", new MappingNode().Add("app.kubernetes.io/instance", OverlayNodes.Derived(names.Instance, "{project}-{environment}")))
                .Add("includeSelectors", ScalarNode.Of(true))
                .Add("includeTemplates", ScalarNode.Of(true)),
        ]));
        if (names.Prefix.Length > 0) root.Add("configurations", new SequenceNode([ScalarNode.Of(ReferencesFile)]));
        AddReplicas(root, scale);
        AddImages(root);
        if (patches.Count > 0) root.Add("patches", new SequenceNode(patches.Select(PatchEntry)));
        if (hasAccess) root.Add("replacements", new SequenceNode([Replacement()]));
        return new Document(root, [$"The environment {names.Name} of {nodes.Text(model.Facts.Project.Name)}."]);
    }

    private void AddReplicas(MappingNode root, ScalePlan scale)
    {
        if (scale.Replicas.Count == 0) return;
        root.Add("replicas", new SequenceNode(scale.Replicas.Select(replicas =>
            new MappingNode().Add("name", replicas.Name).Add("count", nodes.Override(replicas.Count)))));
    }

    private void AddImages(MappingNode root)
    {
        var images = ImageOverrides.Transformed(model, names.Environment, nodes);
        if (images.Count == 0) return;
        root.Add("images", new SequenceNode(images.Select(image =>
            new MappingNode().Add("name", nodes.Of(image.Repository)).Add("newTag", nodes.Override(image.Tag)))));
    }

    private static MappingNode PatchEntry(OverlayPatch patch)
    {
        var entry = new MappingNode().Add("path", patch.File);
        if (patch.Target is not { } target) return entry;
        var selector = new MappingNode().Add("kind", target.Kind);
        if (target.Names is not null) selector.Add("name", target.Names);
        return entry.Add("target", selector);
    }

    private static MappingNode Replacement() => new MappingNode()
        .Add("source", new MappingNode().Add("kind", "ConfigMap").Add("name", AccessName).Add("fieldPath", $"data.{AccessKey}"))
        .Add("targets", new SequenceNode(
        [
            new MappingNode()
                .Add("select", new MappingNode().Add("kind", "Ingress"))
                .Add("fieldPaths", new SequenceNode([ScalarNode.Of("metadata.annotations.[alb.ingress.kubernetes.io/inbound-cidrs]")]))
                .Add("options", new MappingNode().Add("create", ScalarNode.Of(true))),
        ]));

    private Document Access()
    {
        var cidrs = names.Environment.AllowedCidrs;
        var source = new Provenance(ProvenanceKind.Override, $"environment {names.Name}: {cidrs[0].Source.Origin}", cidrs[0].Source.Place);
        var root = new MappingNode()
            .Add("apiVersion", "v1")
            .Add("kind", "ConfigMap")
            .Add("metadata", new MappingNode()
                .Add("name", AccessName)
                .Add("annotations", new MappingNode().Add("config.kubernetes.io/local-config", "true")))
            .Add("data", new MappingNode().Add(AccessKey, ScalarNode.Of(string.Join(',', cidrs.Select(nodes.Text)), source)));
        return new Document(root, ["Who may reach the ingresses: kustomize copies this list into every one of them. It is not applied itself."]);
    }
}
