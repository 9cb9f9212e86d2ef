using Slipway.Platform;

namespace Slipway.Tests.Kubernetes.Generation.Docs;

/// <summary>What the documents tell a person.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Readme_SecretWithoutTerraform_IsListedForAPerson()
    {
        var readme = Page("README.md");

        Assert.Contains("Fill the secret `shop/staging/jwt` in AWS Secrets Manager: `JWT_SECRET`", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("Fill the secret `shop/staging/database`", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_RegistryRepositoryThatNoServiceUses_IsMentioned()
    {
        Assert.Contains("`forgotten` that no service uses", Page("README.md"), StringComparison.Ordinal);
        Assert.DoesNotContain("`orders` that no service uses", Page("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_Plan_ListsEveryFileOrItsFolder()
    {
        var readme = Page("README.md");

        foreach (var path in RepositoryPlatform.Generated.Keys)
        {
            var folders = Enumerable.Range(0, path.Length).Where(at => path[at] == '/').Select(at => path[..(at + 1)]);
            Assert.Contains(folders.Append(path), listed => readme.Contains($"`{listed}`", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Readme_UnknownValue_IsListedWithTheFilesThatWaitForIt()
    {
        var model = RepositoryPlatform.Create();
        var unknown = model with
        {
            Facts = model.Facts with { Cluster = model.Facts.Cluster! with { OidcProviderArn = Value.Unknown<string>("kubernetes.oidc_provider_arn", SamplePlatform.Here) } },
        };

        var files = RepositoryPlatform.Files(unknown);

        Assert.Contains("`kubernetes.oidc_provider_arn` is unknown; `iam/trust-policies/", files["README.md"].Content, StringComparison.Ordinal);
        Assert.Contains("<unknown:kubernetes.oidc_provider_arn>", files["iam/trust-policies/backend.json"].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_MuchUnknown_NamesEveryMissingFact()
    {
        var model = RepositoryPlatform.Create();
        Value<string> Missing(string name) => Value.Unknown<string>(name, SamplePlatform.Here);
        var unknown = model with
        {
            GitOps = model.GitOps with { RepositoryUrl = Missing("gitops.repository") },
            Facts = model.Facts with
            {
                Cluster = null,
                Networking = null,
                Project = model.Facts.Project with { Name = Missing("project_name"), Region = Missing("region"), AccountId = Missing("aws_account_id") },
            },
        };

        var readme = RepositoryPlatform.Files(unknown)["README.md"].Content;

        foreach (var name in new[] { "aws_account_id", "gitops.repository", "kubernetes.cluster_name", "kubernetes.oidc_issuer_url", "project_name", "region" })
            Assert.Contains($"- `{name}` is unknown; ", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Architecture_Diagram_ShowsCallsAndStores()
    {
        var page = Page("docs/architecture.md");

        Assert.Contains("svc_web_ui --> svc_api_gateway", page, StringComparison.Ordinal);
        Assert.Contains("svc_orders --> database", page, StringComparison.Ordinal);
        Assert.Contains("svc_pricing -->|read and write| storage", page, StringComparison.Ordinal);
        Assert.Contains("ingress -->|\"/api\"| svc_api_gateway", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_ForAPerson_ComeWithTheCommandAndPlaceholdersOnly()
    {
        var page = Page("docs/secrets-management.md");

        Assert.Contains("aws secretsmanager create-secret --region 'eu-central-1' --name 'shop/staging/jwt'", page, StringComparison.Ordinal);
        Assert.Contains("""--secret-string '{"secret":"<secret>"}'""", page, StringComparison.Ordinal);
        Assert.Contains("Its JSON must have `host`, `username`, `password`.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_NamesWithQuotes_StayOneWordOfTheCommand()
    {
        var model = RepositoryPlatform.Create();
        var secret = new SecretDefinition(
            "odd",
            new EntryValue.Literal(SamplePlatform.Text("it's/`here`")),
            [new SecretKeyDefinition("KEY", "it's \"quoted\"", null, SamplePlatform.Here)],
            false,
            SamplePlatform.Here);
        var small = SamplePlatform.Create(SamplePlatform.Service("web-ui", "frontend", 80)).Inventory;

        var page = RepositoryPlatform.Files(model with { Inventory = small with { Secrets = [secret] } })["docs/secrets-management.md"].Content;

        Assert.Contains("""--name 'it'\''s/`here`' \""", page, StringComparison.Ordinal);
        Assert.Contains("""--secret-string '{"it'\''s \"quoted\"":"<it'\''s \"quoted\">"}'""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Deployment_JobsOnly_HasTheirCommandsAndNoEmptyBlock()
    {
        var model = RepositoryPlatform.Create();
        var job = SamplePlatform.Service("migrate", "processing", 0) with { Kind = WorkloadKind.Job };

        var page = RepositoryPlatform.Files(model with { Inventory = SamplePlatform.Create(job).Inventory })["docs/deployment-guide.md"].Content;

        Assert.Contains("kubectl wait --for=condition=complete job/dev-migrate --namespace shop --timeout=10m", page, StringComparison.Ordinal);
        Assert.Contains("kubectl delete job/migrate --namespace shop --ignore-not-found\nkubectl apply -k overlays/production --server-side", page, StringComparison.Ordinal);
        Assert.DoesNotContain("```sh\n\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("open to", page, StringComparison.Ordinal);
    }

    private static string Page(string path) => RepositoryPlatform.Generated[path].Content;
}
