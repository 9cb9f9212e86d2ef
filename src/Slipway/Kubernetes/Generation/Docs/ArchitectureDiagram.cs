using System.Text;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>Draws the platform as a Mermaid flowchart: tiers, services, who calls whom, and what they keep their data in.</summary>
internal static class ArchitectureDiagram
{
    public static string Draw(DocumentationSource source)
    {
        var text = new StringBuilder("flowchart LR\n");
        if (source.HasIngress) text.Append("  internet([Internet]) --> ingress[Load balancer]\n");
        foreach (var tier in source.Inventory.Tiers)
        {
            var services = source.Inventory.Workloads.Where(workload => workload.Tier == tier.Name).ToList();
            if (services.Count == 0) continue;
            text.Append($"  subgraph tier_{Id(tier.Name)}[\"{tier.Name}\"]\n");
            foreach (var service in services) text.Append($"    {Node(service.Name)}[\"{Label(source, service)}\"]\n");
            text.Append("  end\n");
        }

        if (source.Model.Facts.Database is not null) text.Append("  database[(PostgreSQL)]\n");
        if (source.Model.Facts.Cache is not null) text.Append("  cache[(Redis)]\n");
        if (source.Model.Facts.Storage is not null) text.Append("  storage[(S3 bucket)]\n");
        foreach (var edge in Edges(source)) text.Append($"  {edge}\n");
        return text.ToString();
    }

    /// <summary>Whom a workload calls: what it says it needs, and whose addresses it takes.</summary>
    public static IReadOnlyList<string> Calls(DocumentationSource source, Workload workload) =>
        [.. workload.Egress.Services.Where(source.Names.Contains).Where(name => name != workload.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Edges(DocumentationSource source)
    {
        foreach (var workload in source.Inventory.Workloads)
        {
            foreach (var route in workload.Ingress) yield return $"ingress -->|\"{Escape(source.Platform.Of(route.Path))}\"| {Node(workload.Name)}";
        }

        foreach (var workload in source.Inventory.Workloads)
        {
            foreach (var called in Calls(source, workload)) yield return $"{Node(workload.Name)} --> {Node(called)}";
            if (workload.Egress.Database && source.Model.Facts.Database is not null) yield return $"{Node(workload.Name)} --> database";
            if (workload.Egress.Cache && source.Model.Facts.Cache is not null) yield return $"{Node(workload.Name)} --> cache";
            if (workload.ObjectStorage is { } need && source.Model.Facts.Storage is not null)
                yield return $"{Node(workload.Name)} -->|{(need.Write ? "read and write" : "read")}| storage";
        }
    }

    private static string Label(DocumentationSource source, Workload workload) => workload switch
    {
        { Kind: WorkloadKind.CronJob, Schedule: { } schedule } => $"{workload.Name}<br/>{Escape(source.Platform.Of(schedule))}",
        { Kind: WorkloadKind.Job } => $"{workload.Name}<br/>job",
        { Ports: [var port, ..] } => $"{workload.Name}<br/>{Escape(source.Platform.Of(port.ContainerPort))}",
        _ => workload.Name,
    };

    // A node may not be called like a word of Mermaid (end, click, …).
    private static string Node(string name) => $"svc_{Id(name)}";

    private static string Id(string name) => name.Replace('-', '_').Replace('.', '_');

    private static string Escape(string text) =>
        text.Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
