using Slipway.Documents;
using Slipway.Platform;
using static Slipway.Kubernetes.Generation.Docs.Markdown;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>What the platform consists of and who calls whom.</summary>
internal static class ArchitectureDocument
{
    public static string Write(DocumentationSource source)
    {
        var page = new Markdown()
            .Heading(1, $"Architecture of {source.Platform.Project}")
            .Fence("mermaid", ArchitectureDiagram.Draw(source))
            .Heading(2, "Services")
            .Table(
                ["service", "tier", "runs as", "ports", "pods", "scales", "account", "calls"],
                source.Inventory.Workloads.Select(workload => Row(source, workload)));
        AppendData(page, source);
        AppendNetwork(page, source);
        AppendObjects(page, source);
        return page.ToString();
    }

    private static IReadOnlyList<string> Row(DocumentationSource source, Workload workload)
    {
        var text = source.Platform;
        return
        [
            Code(workload.Name),
            workload.Tier,
            workload.Kind.ToString(),
            string.Join(", ", workload.Ports.Select(port => $"{text.Of(port.Name)} {text.Of(port.ContainerPort)}")),
            workload.Kind == WorkloadKind.Deployment ? text.Of(workload.Replicas) : "",
            workload.Autoscaling is { } scaling ? $"{text.Of(scaling.Minimum)} to {text.Of(scaling.Maximum)}" : "",
            Code(text.Of(workload.ServiceAccount)),
            string.Join(", ", ArchitectureDiagram.Calls(source, workload)),
        ];
    }

    private static void AppendData(Markdown page, DocumentationSource source)
    {
        var (text, facts) = (source.Platform, source.Model.Facts);
        var rows = new List<IReadOnlyList<string>>();
        if (facts.Database is { } database)
            rows.Add(["PostgreSQL", Code($"{text.Of(database.Endpoint)}:{text.Of(database.Port)}"), Users(source, workload => workload.Egress.Database)]);
        if (facts.Cache is { } cache)
            rows.Add(["Redis", Code($"{text.Of(cache.PrimaryEndpoint)}:{text.Of(cache.Port)}"), Users(source, workload => workload.Egress.Cache)]);
        if (facts.Storage is { } storage)
            rows.Add(["S3", Code(text.Of(storage.BucketName)), Users(source, workload => workload.ObjectStorage is not null)]);
        if (rows.Count > 0) page.Heading(2, "Data").Table(["kind", "address", "used by"], rows);
    }

    private static void AppendNetwork(Markdown page, DocumentationSource source)
    {
        page.Heading(2, "Network")
            .Paragraph("Everything is denied first, in and out. A pod is reached by those that call it and reaches what it needs, name resolution included; nothing more.");
        var routes = source.Inventory.Workloads.SelectMany(workload => workload.Ingress.Select(route => (IReadOnlyList<string>)
            [Code(source.Platform.Of(route.Path)), Code(workload.Name), route.Port ?? "main port"]));
        page.Table(["path from outside", "service", "port"], routes);
        var outside = source.Inventory.Workloads.SelectMany(workload => workload.Egress.External.Select(target => (IReadOnlyList<string>)
            [Code(workload.Name), Code(target.Cidr), string.Join(", ", target.Ports)]));
        page.Table(["service", "destination outside", "TCP ports"], outside);
    }

    private static void AppendObjects(Markdown page, DocumentationSource source)
    {
        var kinds = source.Files.Where(file => file.Path.StartsWith("base/", StringComparison.Ordinal))
            .SelectMany(file => file.Documents)
            .Select(document => (document.Root as MappingNode)?.Text("kind"))
            .OfType<string>()
            .Where(kind => kind != "Kustomization")
            .GroupBy(kind => kind, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (kinds.Count == 0) return;
        page.Heading(2, "Objects of the base").Table(["kind", "number"], kinds.Select(kind => new[] { kind.Key, kind.Count().ToString() }));
    }

    private static string Users(DocumentationSource source, Func<Workload, bool> uses) =>
        Codes(source.Inventory.Workloads.Where(uses).Select(workload => workload.Name));
}
