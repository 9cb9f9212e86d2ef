using Slipway.Documents.Reading;

namespace Slipway.Configuration;

/// <summary>Every field of <c>slipway.yaml</c>. The published schema is tested against these sets.</summary>
internal static class ConfigurationFields
{
    public static readonly FieldSet Root = new(
        "configuration",
        "project",
        "terraform",
        "inventory",
        "out",
        "templates",
        "kubernetesVersion",
        "mapping",
        "values",
        "secrets",
        "gitops",
        "environments");

    public static readonly FieldSet Project = new("project", "name", "environment", "region", "account", "namespace");
    public static readonly FieldSet Terraform = new("Terraform source", "directory", "workspace", "outputs", "state");
    public static readonly FieldSet Secrets = new("secret setting", "placeholders");
    public static readonly FieldSet GitOps = new("GitOps setting", "repository", "revision", "path");

    public static readonly FieldSet Environment = new(
        "environment",
        "namePrefix",
        "namespace",
        "replicas",
        "autoscaling",
        "disruptionBudgets",
        "hosts",
        "certificate",
        "allowedCidrs",
        "resources",
        "services",
        "configMaps");

    public static readonly FieldSet ServiceOverride = new("service's override", "replicas", "resources", "tag");
}
