using Slipway.Kubernetes.Generation.GitOps;
using Slipway.Kubernetes.Generation.Iam;
using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>What the documents are written from: the platform, and what was made of it.</summary>
internal sealed class DocumentationSource
{
    /// <summary>Gathers it.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="items">All items of the plan.</param>
    /// <param name="files">The finished files, without the documents themselves.</param>
    public DocumentationSource(PlatformText platform, IReadOnlyList<GenerationItem> items, IReadOnlyList<GeneratedFile> files)
    {
        Platform = platform;
        Items = items;
        Files = files;
        Names = Inventory.Workloads.Select(workload => workload.Name).ToHashSet(StringComparer.Ordinal);
        Roles = IamRoles.Of(platform);
        GitOps = new GitOpsNames(platform);
    }

    public PlatformText Platform { get; }

    public PlatformModel Model => Platform.Model;

    public Inventory Inventory => Model.Inventory;

    /// <summary>The names of all workloads.</summary>
    public IReadOnlySet<string> Names { get; }

    public IReadOnlyList<GenerationItem> Items { get; }

    public IReadOnlyList<GeneratedFile> Files { get; }

    public IReadOnlyList<IamRole> Roles { get; }

    public GitOpsNames GitOps { get; }

    /// <summary>The charts that the plan makes values for.</summary>
    public IEnumerable<PinnedChart> Charts => PinnedCharts.For(Model).Where(chart => Items.Any(item => item.Entry == $"infrastructure/{chart.Folder}/"));

    /// <summary>The environments in order of declaration.</summary>
    public IReadOnlyList<EnvironmentNames> Environments => Platform.Environments;

    /// <summary>The Deployments in order of declaration.</summary>
    public IEnumerable<Workload> Deployments => Inventory.Workloads.Where(workload => workload.Kind == WorkloadKind.Deployment);

    /// <summary>The Jobs in order of declaration.</summary>
    public IEnumerable<Workload> Jobs => Inventory.Workloads.Where(workload => workload.Kind == WorkloadKind.Job);

    /// <summary>Secrets that no Terraform code fills.</summary>
    public IReadOnlyList<SecretDefinition> SecretsToFill => [.. Inventory.Secrets.Where(secret => !secret.FromTerraform)];

    /// <summary>True when something is reached from outside.</summary>
    public bool HasIngress => Inventory.Workloads.Any(workload => workload.Ingress.Count > 0);

    /// <summary>A link to another document beside the one that is written; its text alone where the plan does not make it.</summary>
    /// <param name="text">What is shown.</param>
    /// <param name="document">The document's path from the one that is written, such as <c>iam-setup.md</c> or <c>docs/iam-setup.md</c>.</param>
    public string Link(string text, string document) => Makes(document) ? $"[{text}]({document})" : text;

    /// <summary>True when the plan makes a document.</summary>
    public bool Makes(string document) => Items.Any(item => item.Entry == document || item.Entry == $"docs/{document}");

    /// <summary>What is unknown, with the files that wait for it, ordered by name.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Files)> Unknowns =>
    [
        .. Files.SelectMany(file => MarkersIn(file.Content).Select(name => (Name: name, file.Path)))
            .GroupBy(found => found.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Select(found => found.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])),
    ];

    private static IEnumerable<string> MarkersIn(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var rest = line;
            while (UnknownMarker.Find(rest) is { } name)
            {
                yield return name;
                var marker = UnknownMarker.For(name);
                rest = rest[(rest.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..];
            }
        }
    }
}
