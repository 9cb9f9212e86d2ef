using Slipway.Documents;
using Slipway.Kubernetes.Generation.Docs;
using Slipway.Kubernetes.Generation.GitOps;
using Slipway.Kubernetes.Generation.Iam;
using Slipway.Kubernetes.Generation.Infrastructure;
using Slipway.Kubernetes.Generation.Overlays;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Items;

/// <summary>The items around the base: documents, infrastructure, IAM, overlays and Argo CD's applications.</summary>
internal sealed class RepositoryItems : IItemSource
{
    private const string SecretStoreId = "infrastructure/secret-store";
    private const string BaseId = "base/kustomization";

    /// <summary>The tools of these items.</summary>
    public static IReadOnlyList<IGenerationTool> Tools { get; } =
        [.. DocumentationTool.All, new GitOpsProjectTool(), new GitOpsTool(), new IamTool(), new InfrastructureTool(), new OverlayTool()];

    public IEnumerable<GenerationItem> ItemsFor(PlatformModel model, IReadOnlyList<GenerationItem> others) =>
    [
        .. Documents(model),
        .. Infrastructure(model),
        .. Iam(model),
        .. Overlays(model, others),
        .. GitOps(model, others),
    ];

    private static IEnumerable<GenerationItem> Documents(PlatformModel model) => DocumentationTool.All.Select(tool => Item(
        tool.Path.EndsWith("README.md", StringComparison.Ordinal) ? "docs/readme" : tool.Path[..^".md".Length],
        PlanLevels.Documentation,
        tool.Name,
        tool.Summary,
        tool.Path) with
    { IsFinishedLast = true, Needs = [.. Subjects(tool.Path, model).Select(id => new ItemNeed(id, "it tells how to use it", Before: false))] });

    // A document that tells how to use files makes no sense without them.
    private static IEnumerable<string> Subjects(string document, PlatformModel model) => document switch
    {
        "docs/argocd-setup.md" => ["infrastructure/argocd", "argocd-apps/project", "argocd-apps/kustomization"],
        "docs/iam-setup.md" => Iam(model).Select(item => item.Id),
        "docs/deployment-guide.md" => [.. PinnedCharts.For(model).Where(chart => chart != PinnedCharts.ArgoCd).Select(chart => $"infrastructure/{chart.Folder}"), "infrastructure/kustomization"],
        _ => [],
    };

    private static IEnumerable<GenerationItem> Infrastructure(PlatformModel model)
    {
        var charts = PinnedCharts.For(model);
        if (charts.Contains(PinnedCharts.ExternalSecrets))
        {
            yield return Item(SecretStoreId, PlanLevels.Infrastructure, "generate_secret_store", "The secret store", "infrastructure/external-secrets/secret-store.yaml") with
            {
                Arguments = Origins.Complete(
                    new MappingNode().Add("service_account", SecretStoreAccount.Name).Add("service_account_namespace", SecretStoreAccount.Namespace),
                    Provenance.Default("secret store")),
            };
        }

        foreach (var chart in charts)
        {
            var folder = $"infrastructure/{chart.Folder}";
            yield return Item(folder, PlanLevels.Infrastructure, InfrastructureTool.ToolName, $"The values of {chart.Name} and what belongs to it", $"{folder}/") with
            {
                Arguments = new MappingNode().Add("part", chart.Folder),
                Needs = chart == PinnedCharts.ExternalSecrets ? [new ItemNeed(SecretStoreId, "its kustomization lists the store", Optional: true)] : [],
            };
        }

        yield return Item("infrastructure/kustomization", PlanLevels.Infrastructure, InfrastructureTool.ToolName, "What gathers the infrastructure", "infrastructure/kustomization.yaml") with
        {
            Arguments = new MappingNode().Add("part", InfrastructureTool.Root),
        };
    }

    private static IEnumerable<GenerationItem> Iam(PlatformModel model)
    {
        var paths = IamFiles.Paths(new PlatformText(model));
        if (paths.Count == 0) yield break;
        yield return Item("iam/create-roles", PlanLevels.Infrastructure, IamTool.ToolName, "The script that makes the IAM roles", "iam/create-roles.sh");
        yield return Item("iam/terraform", PlanLevels.Infrastructure, IamTool.ToolName, "The Terraform code that makes the IAM roles", "iam/terraform/");
        yield return Item("iam/trust-policies", PlanLevels.Infrastructure, IamTool.ToolName, "Who may take the IAM roles on", "iam/trust-policies/");
        if (paths.Any(path => path.StartsWith("iam/policies/", StringComparison.Ordinal)))
            yield return Item("iam/policies", PlanLevels.Infrastructure, IamTool.ToolName, "What the IAM roles may do", "iam/policies/");
    }

    private static IEnumerable<GenerationItem> Overlays(PlatformModel model, IReadOnlyList<GenerationItem> others) =>
        model.Environments.Select(environment =>
            Item($"overlays/{environment.Name}", PlanLevels.Overlays, OverlayTool.ToolName, $"The environment {environment.Name}", $"overlays/{environment.Name}/") with
            {
                Arguments = new MappingNode().Add("env", environment.Name),
                Needs = [new ItemNeed(BaseId, "it builds on the base", Before: false), .. OfBase(others)],
            });

    private static IEnumerable<GenerationItem> GitOps(PlatformModel model, IReadOnlyList<GenerationItem> others)
    {
        yield return Item("argocd-apps/project", PlanLevels.Overlays, GitOpsProjectTool.ToolName, "The Argo CD projects", "argocd-apps/project.yaml") with { Needs = [.. OfBase(others)] };
        foreach (var chart in PinnedCharts.For(model))
        {
            yield return Application($"phase-1-{chart.Name}", $"The Argo CD application of the chart {chart.Name}", $"infrastructure/{chart.Folder}") with
            {
                Arguments = new MappingNode().Add("chart", chart.Name),
            };
        }

        yield return Application("phase-1-infrastructure", "The Argo CD application of the infrastructure", "infrastructure/kustomization") with
        {
            Arguments = new MappingNode().Add("infrastructure", ScalarNode.Of(true)),
        };
        foreach (var environment in model.Environments)
        {
            yield return Application($"phase-2-{environment.Name}", $"The Argo CD application of the environment {environment.Name}", $"overlays/{environment.Name}") with
            {
                Arguments = new MappingNode().Add("env", environment.Name),
            };
        }

        yield return Item("argocd-apps/kustomization", PlanLevels.Overlays, GitOpsTool.ToolName, "What gathers the Argo CD applications", "argocd-apps/kustomization.yaml");
    }

    private static GenerationItem Application(string name, string summary, string target) =>
        Item($"argocd-apps/{name}", PlanLevels.Overlays, GitOpsTool.ToolName, summary, $"argocd-apps/{name}.yaml") with
        {
            Needs = [new ItemNeed(target, "it points there", Before: false), new ItemNeed("argocd-apps/project", "it belongs to a project", Before: false)],
        };

    private static IEnumerable<ItemNeed> OfBase(IReadOnlyList<GenerationItem> others) => others
        .Where(item => item.Id != BaseId && item.Paths.Any(path => path.StartsWith("base/", StringComparison.Ordinal)))
        .Select(item => new ItemNeed(item.Id, "it changes objects of that file", Optional: true));

    private static GenerationItem Item(string id, string level, string tool, string summary, string path) => new()
    {
        Id = id,
        Entry = path,
        Level = level,
        Tool = tool,
        Summary = summary,
        Paths = [path],
    };
}
