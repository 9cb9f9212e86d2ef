using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Every field of <c>services.yaml</c>. The published schema is tested against these sets.</summary>
internal static class InventoryFields
{
    public static readonly FieldSet Root = new("inventory", "tiers", "serviceAccounts", "configMaps", "secrets", "roles", "services");
    public static readonly FieldSet Tier = new("tier", "name", "serviceAccount", "defaults");

    public static readonly FieldSet TierDefaults = new(
        "tier's defaults",
        "replicas",
        "resources",
        "probes",
        "writablePaths",
        "metrics",
        "terminationGracePeriodSeconds",
        "runAsUser",
        "fsGroup");

    public static readonly FieldSet ServiceAccount = new("service account", "name", "tier", "irsaRole");
    public static readonly FieldSet Entry = new("value", "value", "fact", "service", "port", "format");
    public static readonly FieldSet Variable = new("value", "value", "fact", "service", "port", "format", "configMap", "secret", "key", "field");
    public static readonly FieldSet Secret = new("secret", "remote", "keys", "fromTerraform");
    public static readonly FieldSet SecretKey = new("secret's key", "property", "template");
    public static readonly FieldSet Role = new("role", "name", "rules", "bindings");
    public static readonly FieldSet RoleRule = new("rule", "apiGroups", "resources", "verbs", "resourceNames");
    public static readonly FieldSet RoleBinding = new("role binding", "name", "serviceAccounts");

    public static readonly FieldSet Service = new(
        "service",
        "name",
        "tier",
        "kind",
        "schedule",
        "port",
        "servicePort",
        "protocol",
        "ports",
        "image",
        "replicas",
        "resources",
        "serviceAccount",
        "command",
        "args",
        "env",
        "probes",
        "writablePaths",
        "volumes",
        "autoscale",
        "disruptionBudget",
        "ingress",
        "egress",
        "storage",
        "metrics",
        "annotations",
        "terminationGracePeriodSeconds",
        "runAsUser",
        "fsGroup");

    public static readonly FieldSet Port = new("port", "name", "port", "servicePort", "protocol");
    public static readonly FieldSet Image = new("image", "name", "repository", "tag", "digest");
    public static readonly FieldSet Resources = new("resource list", "requests", "limits");
    public static readonly FieldSet Amounts = new("resource amount", "cpu", "memory");
    public static readonly FieldSet Environment = new("environment", "fromConfigMaps", "fromSecrets", "literals");
    public static readonly FieldSet Probes = new("probe list", "readiness", "liveness", "startup");

    public static readonly FieldSet Probe = new(
        "probe",
        "type",
        "path",
        "port",
        "command",
        "initialDelay",
        "period",
        "timeout",
        "failureThreshold");

    public static readonly FieldSet Volume = new("volume", "name", "mountPath", "readOnly", "emptyDir", "configMap", "secret", "claim");
    public static readonly FieldSet EmptyDir = new("scratch volume", "sizeLimit");
    public static readonly FieldSet Claim = new("volume claim", "size", "storageClass", "accessMode");
    public static readonly FieldSet Autoscale = new("scaling", "min", "max", "cpu", "memory");
    public static readonly FieldSet DisruptionBudget = new("disruption budget", "minAvailable", "maxUnavailable");
    public static readonly FieldSet IngressRoute = new("ingress path", "path", "port");
    public static readonly FieldSet Egress = new("egress", "services", "database", "cache", "aws", "external");
    public static readonly FieldSet External = new("destination", "cidr", "ports");
    public static readonly FieldSet Storage = new("storage", "s3");
    public static readonly FieldSet Metrics = new("metrics endpoint", "path", "port");
}
