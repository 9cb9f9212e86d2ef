namespace Slipway.Context;

/// <summary>
/// Every fact with the conventional names of its outputs: those of the common AWS modules (vpc, rds, rds-aurora, elasticache, s3-bucket, ecr, eks)
/// and those that people give at home. <c>docs/terraform-outputs.md</c> is this table; a test compares the two.
/// </summary>
public static partial class OutputCatalogue
{
    /// <summary>The section of project, environment, region and account.</summary>
    public const string Project = "project";

    /// <summary>The section of the network.</summary>
    public const string Networking = "networking";

    /// <summary>The section of the database.</summary>
    public const string Database = "database";

    /// <summary>The section of the cache.</summary>
    public const string Cache = "cache";

    /// <summary>The section of the object storage.</summary>
    public const string Storage = "storage";

    /// <summary>The section of the container registry.</summary>
    public const string Registry = "container_registry";

    /// <summary>The section of the cluster.</summary>
    public const string Kubernetes = "kubernetes";

    /// <summary>The section of IAM roles for service accounts; its facts are named by the inventory.</summary>
    public const string IrsaRoles = "irsa_roles";

    private const string Summary = "k8s-context/outputs-summary.yaml";
    private const string Variables = "k8s-context/template-variables.yaml";

    /// <summary>Objects that hold the outputs of several modules: what is in them is looked at as if it stood alone.</summary>
    public static IReadOnlyList<string> Containers { get; } =
    [
        "module_outputs", "modules", "outputs", "infrastructure", "infra", "platform", "all", "summary", "context", "k8s_context", "kubernetes_context",
    ];

    /// <summary>A prefix that old versions of the AWS modules put before their outputs; it is ignored.</summary>
    public static string IgnoredPrefix => "this_";

    /// <summary>The sections in the order of the context file.</summary>
    public static IReadOnlyList<FactSection> Sections { get; } =
        [ProjectSection(), NetworkingSection(), DatabaseSection(), CacheSection(), StorageSection(), RegistrySection(), KubernetesSection()];

    /// <summary>Maps of IAM role ARNs by name.</summary>
    public static IReadOnlyList<string> RoleMaps { get; } =
    [
        "irsa_roles", "irsa_role_arns", "irsa", "service_account_roles", "service_account_role_arns", "iam_role_arns", "iam_roles", "role_arns",
    ];

    /// <summary>Outputs with one role's ARN; <c>{name}</c> is the role's name, such as <c>external_secrets</c>.</summary>
    public static IReadOnlyList<string> RoleNames { get; } =
    [
        "{name}_irsa_role_arn", "{name}_role_arn", "{name}_iam_role_arn", "{name}_irsa_arn", "{name}_sa_role_arn", "{name}_service_account_role_arn",
        "irsa_{name}_role_arn", "irsa_{name}_arn", "irsa_{name}", "eks_{name}_role_arn", "{name}_irsa", "{name}_irsa_role", "{name}_role",
    ];

    /// <summary>Attributes with the ARN where a role's output is an object, as the IAM modules make it.</summary>
    public static IReadOnlyList<string> RoleAttributes { get; } = ["iam_role_arn", "role_arn", "arn"];

    /// <summary>The end of names of outputs with the URL of one repository (<c>web_ui_repository_url</c>).</summary>
    public static IReadOnlyList<string> RepositoryEndings { get; } = ["_repository_url", "_ecr_url", "_ecr_repo_url", "_ecr_repository"];

    /// <summary>Finds a fact by its path.</summary>
    /// <returns>The fact, or null when there is none.</returns>
    public static FactDefinition? Find(string path)
    {
        foreach (var section in Sections)
        {
            foreach (var fact in section.Facts)
            {
                if (fact.Path == path) return fact;
            }
        }

        return null;
    }

    /// <summary>The section of a path: what stands before its first dot.</summary>
    public static string SectionOf(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? path : path[..dot];
    }
}
