using Slipway.Kubernetes.Generation.Plans;
using static Slipway.Kubernetes.Generation.Docs.Markdown;

namespace Slipway.Kubernetes.Generation.Docs;

/// <summary>The front page: what is here, what a person must still do, and where to read on.</summary>
internal static class ReadmeDocument
{
    public static string Write(DocumentationSource source)
    {
        var platform = source.Platform;
        var page = new Markdown()
            .Heading(1, platform.Project)
            .Paragraph(
                $"The Kubernetes repository of {Code(platform.Project)}: {(source.Inventory.Workloads.Count == 1 ? "1 service" : $"{source.Inventory.Workloads.Count} services")} on the cluster "
                + $"{Code(platform.Cluster)} in {Code(platform.Region)}, account {Code(platform.Account)}. Slipway made it from Terraform's outputs and the "
                + "service inventory; what is edited here by hand is kept when it is made again.")
            .Heading(2, "Environments")
            .Table(["environment", "overlay", "namespace", "prefix", "hosts"], source.Environments.Select(environment => new[]
            {
                environment.Name,
                Code(environment.Overlay),
                Code(environment.Namespace),
                environment.Prefix.Length == 0 ? "none" : Code(environment.Prefix),
                environment.Environment.Hosts.Count == 0 ? "none (the load balancer's own name)" : Codes(environment.Environment.Hosts.Select(platform.Of)),
            }))
            .Heading(2, "First steps")
            .Steps(
            [
                source.Link("IAM roles", "docs/iam-setup.md"),
                source.Link("Secrets", "docs/secrets-management.md"),
                source.Link("The cluster's infrastructure and the environments", "docs/deployment-guide.md")
                    + (source.Makes("docs/argocd-setup.md") ? ", or [with Argo CD](docs/argocd-setup.md)" : ""),
            ]);
        if (source.Environments.Count > 0) page.Paragraph("What an environment would apply:").Shell(source.Environments.Select(environment => $"kubectl kustomize {environment.Overlay}"));
        AppendOpen(page, source);
        AppendContents(page, source);
        return page.ToString();
    }

    private static void AppendOpen(Markdown page, DocumentationSource source)
    {
        var open = new List<string>();
        foreach (var secret in source.SecretsToFill)
            open.Add($"Fill the secret {Code(source.Platform.RemoteName(secret))} in AWS Secrets Manager: {Codes(secret.Keys.Select(key => key.Name))}{(source.Makes("docs/secrets-management.md") ? " ([how](docs/secrets-management.md))" : "")}.");
        foreach (var (name, files) in source.Unknowns) open.Add($"{Code(name)} is unknown; {Codes(files)} {(files.Count == 1 ? "waits" : "wait")} for it.");
        foreach (var name in source.Model.UnusedRepositories) open.Add($"The registry has a repository {Code(name)} that no service uses.");
        page.Heading(2, "What a person must do or decide");
        if (open.Count == 0) page.Paragraph("Nothing: every secret has a source and every value is known.");
        else page.List(open);
    }

    private static void AppendContents(Markdown page, DocumentationSource source)
    {
        page.Heading(2, "What is here").Paragraph("By the levels of the generation plan. The documents are planned first and written last; what does not depend on each other is made at the same time.");
        foreach (var level in source.Items.Where(item => !item.IsStructure).GroupBy(item => item.Level, StringComparer.Ordinal).OrderBy(level => PlanLevels.Rank(level.Key)))
        {
            page.Heading(3, $"Level {level.Key}")
                .Table(["what", "where", "tool"], level.Select(item => new[] { item.Summary, Codes(item.Paths), Code(item.Tool) }));
        }
    }
}
