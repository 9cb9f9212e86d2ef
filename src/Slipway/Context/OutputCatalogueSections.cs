namespace Slipway.Context;

public static partial class OutputCatalogue
{
    private const string Rds = ".rds.";
    private const string ElastiCache = ".cache.";
    private const string DatabaseConfig = "base/configmaps/database-config.yaml";
    private const string RedisConfig = "base/configmaps/redis-config.yaml";
    private const string ExternalSecrets = "base/secrets/external-secrets.yaml";
    private const string NetworkPolicies = "base/networkpolicies/network-policies.yaml";
    private const string IamDocument = "docs/iam-setup.md";

    private static FactSection ProjectSection() => new(Project, ["project", "caller_identity", "aws"],
    [
        new("project.name", FactShape.Text)
        {
            Names = ["project_name", "project", "app_name", "application_name", "platform_name"],
            Attributes = ["name"],
            NeededBy = [Summary, Variables, "base/namespace/namespace.yaml", ExternalSecrets, "argocd-apps/project.yaml"],
        },
        new("project.environment", FactShape.Text)
        {
            Names = ["environment", "env", "environment_name", "env_name", "stage", "deployment_environment", "terraform_workspace"],
            Attributes = ["environment", "env"],
            NeededBy = [Summary, Variables, ExternalSecrets],
        },
        new("project.region", FactShape.Region)
        {
            Names = ["region", "aws_region", "region_name", "aws_region_name", "current_region", "deployment_region"],
            Attributes = ["region"],
            Otherwise = "the region in an ARN, in the registry's host, or in an endpoint",
            NeededBy = [Summary, "infrastructure/external-secrets/", "base/kustomization.yaml"],
        },
        new("project.aws_account_id", FactShape.Account)
        {
            Names = ["aws_account_id", "account_id", "aws_account", "aws_account_number", "caller_account_id", "current_account_id"],
            Attributes = ["account_id", "aws_account_id"],
            Otherwise = "the account in an ARN or in the registry's host",
            NeededBy = [Summary, "base/rbac/service-accounts.yaml", "base/kustomization.yaml", "iam/"],
        },
        new("project.namespace", FactShape.Text)
        {
            Names = ["kubernetes_namespace", "k8s_namespace", "app_namespace"],
            Otherwise = "the project's name",
            NeededBy = [Variables, "base/namespace/namespace.yaml", "base/kustomization.yaml"],
        },
    ]);

    private static FactSection NetworkingSection() => new(Networking, ["vpc", "network", "networking"],
    [
        new("networking.vpc_id", FactShape.Text)
        {
            Names = ["vpc_id"],
            Attributes = ["id", "vpc_id"],
            Form = OutputForms.Vpc,
            NeededBy = [Summary, "infrastructure/aws-load-balancer-controller/"],
        },
        new("networking.vpc_cidr", FactShape.Cidr)
        {
            Names = ["vpc_cidr", "vpc_cidr_block"],
            Attributes = ["cidr", "cidr_block", "vpc_cidr", "vpc_cidr_block"],
            Form = OutputForms.VpcCidr,
            NeededBy = [Summary, NetworkPolicies],
        },
        new("networking.private_subnet_ids", FactShape.Subnets)
        {
            Names =
            [
                "private_subnet_ids", "private_subnets", "private_subnets_ids", "private_app_subnet_ids", "private_app_subnets", "app_subnet_ids", "app_subnets",
                "application_subnet_ids", "eks_subnet_ids", "eks_subnets", "cluster_subnet_ids", "node_subnet_ids", "worker_subnet_ids",
            ],
            WeakNames = ["subnet_ids", "subnets"],
            Attributes = ["private_subnet_ids", "private_subnets", "private_subnets_ids"],
            WeakAttributes = ["subnet_ids", "subnets"],
            Form = OutputForms.PrivateSubnets,
            NeededBy = [Summary],
        },
    ]);

    private static FactSection DatabaseSection() => new(
        Database,
        [
            "database", "db", "rds", "postgres", "postgresql", "aurora", "aurora_postgres", "aurora_postgresql", "db_instance", "rds_instance", "rds_cluster",
            "aurora_cluster", "db_cluster", "rds_db", "rds_db_instance", "rds_database", "rds_postgres", "rds_postgresql", "postgres_db", "main_db", "app_db",
        ],
        [
            new("database.identifier", FactShape.Text)
            {
                Names = ["db_instance_identifier", "db_identifier", "rds_identifier"],
                Attributes = ["identifier", "instance_identifier", "cluster_identifier", "db_instance_identifier"],
                WeakAttributes = ["id", "instance_id", "cluster_id", "db_instance_id"],
                Otherwise = "the first label of the endpoint",
                NeededBy = [Summary],
            },
            new("database.endpoint", FactShape.Host)
            {
                Names = ["db_instance_address", "db_instance_endpoint"],
                Attributes =
                [
                    "endpoint", "address", "host", "hostname", "host_name", "fqdn", "dns_name", "endpoint_address", "writer_endpoint",
                    "instance_endpoint", "instance_address", "cluster_endpoint", "primary_endpoint",
                ],
                SharedNames = Shared(Rds, "cluster_endpoint", "writer_endpoint"),
                Form = OutputForms.DatabaseEndpoint,
                NeededBy = [Summary, Variables, DatabaseConfig],
            },
            new("database.port", FactShape.Port)
            {
                Names = ["db_instance_port"],
                Attributes = ["port", "instance_port", "cluster_port", "endpoint_port", "db_port"],
                Otherwise = "the port in the endpoint (`host:port`), `cluster_port` where `cluster_endpoint` is the endpoint, else 5432",
                NeededBy = [Summary, Variables, DatabaseConfig],
            },
            new("database.database_name", FactShape.Text)
            {
                Names = ["database_name", "db_name", "dbname", "db_instance_name", "cluster_database_name"],
                Attributes = ["database_name", "db_name", "dbname", "database", "initial_database", "cluster_database_name", "instance_name"],
                WeakAttributes = ["name"],
                NeededBy = [Summary, DatabaseConfig],
            },
            new("database.secret_name", FactShape.Text)
            {
                Attributes = ["secret_name", "credentials_secret_name", "secretsmanager_secret_name", "password_secret_name", "master_secret_name", "secret.name"],
                Otherwise = "the name in `secret_arn` where that is not RDS's own secret, else `{project}/{environment}/database`",
                NeededBy = [Summary, ExternalSecrets],
            },
            new("database.secret_arn", FactShape.Arn)
            {
                Names = ["db_instance_master_user_secret_arn", "cluster_master_user_secret_arn", "cluster_master_user_secret.secret_arn"],
                Attributes =
                [
                    "secret_arn", "credentials_secret_arn", "credentials_arn", "secretsmanager_arn", "master_secret_arn", "secretsmanager_secret_arn", "password_secret_arn", "master_user_secret_arn",
                    "instance_master_user_secret_arn", "secret.arn", "master_user_secret.secret_arn", "cluster_master_user_secret.secret_arn",
                ],
                Required = false,
                Otherwise = "left out",
                NeededBy = [Summary, "iam/"],
            },
        ]);

    private static FactSection CacheSection() => new(
        Cache,
        [
            "cache", "redis", "elasticache", "valkey", "elasticache_redis", "redis_cluster", "elasticache_cluster", "cache_cluster", "replication_group",
            "redis_cache", "redis_replication_group", "elasticache_replication_group",
        ],
        [
            new("cache.replication_group_id", FactShape.Text)
            {
                Names = ["replication_group_id", "elasticache_replication_group_id"],
                Attributes = ["replication_group_id", "cluster_id", "identifier"],
                WeakAttributes = ["id", "name"],
                Otherwise = "the label of the endpoint that names it",
                NeededBy = [Summary],
            },
            new("cache.primary_endpoint", FactShape.Host)
            {
                Names =
                [
                    "replication_group_primary_endpoint_address", "replication_group_configuration_endpoint_address", "elasticache_primary_endpoint_address",
                ],
                Attributes =
                [
                    "primary_endpoint", "primary_endpoint_address", "endpoint", "endpoint_address", "address", "host", "hostname", "host_name",
                    "configuration_endpoint", "configuration_endpoint_address", "cluster_address", "cluster_endpoint",
                ],
                SharedNames = Shared(ElastiCache, "cluster_endpoint", "primary_endpoint", "primary_endpoint_address", "configuration_endpoint_address", "cluster_address"),
                Form = OutputForms.CacheEndpoint,
                NeededBy = [Summary, Variables, RedisConfig],
            },
            new("cache.port", FactShape.Port)
            {
                Names = ["replication_group_port"],
                Attributes = ["port", "primary_endpoint_port", "primary_port", "cluster_port", "endpoint_port", "replication_group_port", "cache_nodes.port", "cluster_cache_nodes.port"],
                Otherwise = "the port in the endpoint (`host:port`), else 6379",
                NeededBy = [Summary, Variables, RedisConfig],
            },
            new("cache.secret_name", FactShape.Text)
            {
                Attributes =
                [
                    "secret_name", "auth_secret_name", "auth_token_secret_name", "credentials_secret_name", "secretsmanager_secret_name", "password_secret_name",
                    "secret.name",
                ],
                Otherwise = "the name in `secret_arn`, else `{project}/{environment}/redis`",
                NeededBy = [Summary, ExternalSecrets],
            },
            new("cache.secret_arn", FactShape.Arn)
            {
                Attributes =
                [
                    "secret_arn", "auth_secret_arn", "auth_token_secret_arn", "credentials_secret_arn", "credentials_arn", "secretsmanager_secret_arn",
                    "password_secret_arn", "secret.arn",
                ],
                Required = false,
                Otherwise = "left out",
                NeededBy = [Summary, "iam/"],
            },
        ]);

    private static FactSection StorageSection() => new(
        Storage,
        ["storage", "s3", "bucket", "s3_bucket", "images_bucket", "assets_bucket", "uploads_bucket", "media_bucket", "app_bucket", "object_storage"],
        [
            new("storage.bucket_name", FactShape.Text)
            {
                Names =
                [
                    "bucket_name", "bucket_id", "s3_bucket_name", "s3_bucket_id", "s3_bucket", "bucket", "images_bucket", "assets_bucket", "uploads_bucket",
                    "media_bucket", "app_bucket",
                ],
                Attributes = ["bucket_name", "bucket_id", "bucket", "name", "id", "s3_bucket_id", "s3_bucket_name"],
                Form = OutputForms.BucketName,
                Otherwise = "the name in `bucket_arn`",
                NeededBy = [Summary, Variables, "iam/"],
            },
            new("storage.bucket_arn", FactShape.Arn)
            {
                Names = ["bucket_arn", "s3_bucket_arn"],
                Attributes = ["bucket_arn", "arn", "s3_bucket_arn"],
                Otherwise = "`arn:aws:s3:::{bucket_name}`",
                NeededBy = [Summary, "iam/"],
            },
            new("storage.iam_policy_arn", FactShape.Arn)
            {
                Names = ["s3_access_policy_arn", "s3_iam_policy_arn", "bucket_access_policy_arn", "s3_policy_arn"],
                WeakNames = ["policy_arn"],
                Attributes = ["iam_policy_arn", "policy_arn", "access_policy_arn", "iam_policy.arn", "policy.arn"],
                SharedNames = Shared(":policy/", "iam_policy_arn"),
                Form = OutputForms.BucketPolicy,
                NeededBy = [Summary, "iam/", IamDocument],
            },
        ]);

    private static FactSection RegistrySection() => new(Registry, ["container_registry", "ecr", "registry"],
    [
        new("container_registry.ecr_base_url", FactShape.Registry)
        {
            Names = ["ecr_base_url", "ecr_registry_url", "ecr_registry", "registry_url", "ecr_url", "registry", "container_registry"],
            Attributes = ["ecr_base_url", "base_url", "registry_url", "registry", "host", "url"],
            Otherwise = "the host of the repositories, else `{account}.dkr.ecr.{region}.amazonaws.com`",
            NeededBy = [Summary, Variables, "base/kustomization.yaml"],
        },
        new("container_registry.repository_urls", FactShape.Repositories)
        {
            Names =
            [
                "repository_urls", "ecr_repository_urls", "ecr_repositories", "repository_url", "ecr_repository_url", "repository_url_map", "ecr_urls", "ecr_repos",
            ],
            Attributes = ["repository_urls", "repository_url", "repository_url_map", "urls", "repositories", "repos"],
            Required = false,
            Otherwise = "every repository is `{ecr_base_url}/{repository}`",
            NeededBy = [Summary, Variables, "base/kustomization.yaml"],
        },
    ]);

    private static FactSection KubernetesSection() => new(Kubernetes, ["kubernetes", "eks", "cluster", "eks_cluster", "k8s"],
    [
        new("kubernetes.cluster_name", FactShape.Text)
        {
            Names = ["cluster_name", "eks_cluster_name", "kubernetes_cluster_name", "eks_cluster"],
            Attributes = ["cluster_name", "name"],
            WeakAttributes = ["cluster_id", "id"],
            Otherwise = "the name in `cluster_arn`",
            NeededBy = [Summary, "infrastructure/aws-load-balancer-controller/", "docs/deployment-guide.md"],
        },
        new("kubernetes.cluster_endpoint", FactShape.Url)
        {
            Attributes = ["cluster_endpoint", "endpoint", "api_endpoint", "api_server_endpoint"],
            SharedNames = Shared("://", "cluster_endpoint"),
            Form = OutputForms.ClusterEndpoint,
            NeededBy = [Summary],
        },
        new("kubernetes.oidc_provider_arn", FactShape.Arn)
        {
            Names = ["oidc_provider_arn", "cluster_oidc_provider_arn", "iam_oidc_provider_arn", "openid_connect_provider_arn"],
            Attributes = ["oidc_provider_arn", "oidc_arn", "iam_oidc_provider_arn", "cluster_oidc_provider_arn"],
            Form = OutputForms.OidcProvider,
            Otherwise = "made from the issuer and the account",
            NeededBy = [Summary, "base/rbac/service-accounts.yaml", "iam/"],
        },
        new("kubernetes.oidc_issuer_url", FactShape.IssuerUrl)
        {
            Names = ["oidc_issuer_url", "cluster_oidc_issuer_url", "oidc_issuer", "oidc_provider_url", "cluster_oidc_issuer"],
            WeakNames = ["oidc_provider"],
            Attributes =
            [
                "oidc_issuer_url", "cluster_oidc_issuer_url", "oidc_issuer", "oidc_provider", "oidc_provider_url", "oidc_url", "cluster_oidc_issuer",
                "identity.oidc.issuer",
            ],
            Form = OutputForms.OidcIssuer,
            Otherwise = "made from the provider's ARN",
            NeededBy = [Summary, "iam/"],
        },
    ]);

    private static Dictionary<string, string> Shared(string mark, params string[] names) =>
        names.ToDictionary(name => name, _ => mark, StringComparer.Ordinal);
}
