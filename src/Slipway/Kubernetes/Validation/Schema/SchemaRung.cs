using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Schemas;
using Slipway.Kubernetes.Validation.Loading;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>The second rung: every object against the schema of its kind.</summary>
internal sealed class SchemaRung(SchemaCatalog catalog, FindingList findings)
{
    private readonly SortedDictionary<(string ApiVersion, string Kind), int> _unchecked = [];
    private readonly SchemaWalker _walker = new(catalog, findings);

    private readonly SortedDictionary<(string ApiVersion, string Kind), int> _expressions = [];

    /// <summary>The kinds with rules in CEL, which only a cluster evaluates.</summary>
    public IReadOnlyList<UncheckedKind> RulesNotChecked => [.. _expressions.Select(entry => new UncheckedKind(entry.Key.ApiVersion, entry.Key.Kind, entry.Value))];

    /// <summary>The kinds without a schema.</summary>
    public IReadOnlyList<UncheckedKind> KindsNotChecked => [.. _unchecked.Select(entry => new UncheckedKind(entry.Key.ApiVersion, entry.Key.Kind, entry.Value))];

    /// <summary>Checks what stands in files.</summary>
    /// <param name="set">All files.</param>
    /// <param name="completed">Files whose objects a build may complete: like those of a patch they need not be whole.</param>
    public void Run(ManifestSet set, IReadOnlySet<string> completed)
    {
        foreach (var file in set.Files)
        {
            if (file.Role == FileRole.Kustomization) CheckKustomization(file);
            else foreach (var item in file.Objects) CheckObject(item, file.Role == FileRole.Patch || completed.Contains(file.Path));
            if (file.Role == FileRole.Manifest) CheckRoots(file);
        }
    }

    /// <summary>Checks the objects of a file that no build completed after all.</summary>
    public void RunWhole(ManifestFile file)
    {
        foreach (var item in file.Role == FileRole.Manifest ? file.Objects : [])
        {
            if (catalog.Find(item.ApiVersion, item.Kind) is { } schema) _walker.Walk(item, schema, partial: false);
        }
    }

    /// <summary>Checks what a root built: patches and replacements may have put in what no file shows.</summary>
    public void RunBuilt(IEnumerable<ManifestObject> built)
    {
        foreach (var item in built)
        {
            if (catalog.Find(item.ApiVersion, item.Kind) is { } schema) _walker.Walk(item, schema, partial: false);
        }
    }

    private void CheckKustomization(ManifestFile file)
    {
        foreach (var item in file.Objects)
        {
            var kind = item.Kind.Length == 0 ? "Kustomization" : item.Kind;
            var version = item.ApiVersion.Length > 0 ? item.ApiVersion : kind == "Component" ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
            if (catalog.Find(version, kind) is { } schema) _walker.Walk(item, schema, partial: false);
            else ReportUnknown(item);
        }
    }

    private void CheckRoots(ManifestFile file)
    {
        foreach (var document in file.Documents)
        {
            if (document.Root is MappingNode) continue;
            findings.Add(new Diagnostic
            {
                Code = Codes.NoIdentity,
                Summary = "a document among manifests is no object",
                Place = document.Root.PlaceIn(file.Path),
                Fix = "give it apiVersion, kind and metadata, or remove it",
            });
        }
    }

    private void CheckObject(ManifestObject item, bool partial)
    {
        if (!findings.Check(item.ApiVersion.Length > 0 && item.Kind.Length > 0))
        {
            var missing = item.Kind.Length == 0 ? "kind" : "apiVersion";
            findings.Error(Codes.NoIdentity, item, NodePath.Root[missing], $"the object has no {missing}", missing == "kind" ? "say what it is, such as 'kind: ConfigMap'" : AdviseVersion(item.Kind));
            return;
        }

        if (catalog.Find(item.ApiVersion, item.Kind) is not { } schema)
        {
            ReportUnknown(item);
            return;
        }

        _walker.Walk(item, schema, partial);
        if (schema.Expressions > 0) Count(_expressions, item);
    }

    private static void Count(SortedDictionary<(string, string), int> kinds, ManifestObject item) =>
        kinds[(item.ApiVersion, item.Kind)] = kinds.GetValueOrDefault((item.ApiVersion, item.Kind)) + 1;

    private string AdviseVersion(string kind) => catalog.VersionsOf(kind) is [var version, ..] ? $"write 'apiVersion: {version}'" : "name the API version";

    private void ReportUnknown(ManifestObject item)
    {
        if (ApiGroups.WhenRemoved(item.ApiVersion, item.Kind) is { } removal)
        {
            findings.Error(
                Codes.RemovedVersion,
                item,
                NodePath.Root["apiVersion"],
                $"{item.Kind} of {item.ApiVersion} is gone since Kubernetes {removal.Since}",
                removal.Now is { } now ? $"write 'apiVersion: {now}' and check the fields that changed" : "remove the object; nothing replaces it");
            return;
        }

        // Kubernetes itself has no such kind: a mistake. An early API may be newer than the tables, and other groups belong to others.
        var early = item.ApiVersion.Contains("alpha", StringComparison.Ordinal) || item.ApiVersion.Contains("beta", StringComparison.Ordinal);
        var known = catalog.VersionsOf(item.Kind);
        var served = catalog.DefinedVersionsOf(item.Group, item.Kind);
        if (served.Count > 0)
        {
            findings.Error(Codes.UnknownKind, item, NodePath.Root["apiVersion"], $"the definition of {item.Kind} does not serve {item.ApiVersion}", $"write 'apiVersion: {served[0]}'");
            return;
        }

        if (!catalog.IsBuiltInGroup(item.Group) || (early && known.Count == 0) || (item.ApiVersion, item.Kind) is ("v1", "Config"))
        {
            Count(_unchecked, item);
            return;
        }

        var (path, fix) = known.Count > 0
            ? (NodePath.Root["apiVersion"], $"write 'apiVersion: {known[0]}'")
            : (NodePath.Root["kind"], Suggestion.Closest(item.Kind, catalog.KindNames) is { } near ? $"did you mean '{near}'?" : "check the kind's name");
        findings.Error(Codes.UnknownKind, item, path, $"Kubernetes {catalog.Version} has no {item.Kind} in {item.ApiVersion}", fix);
    }
}
