using Slipway.Documents;
using Slipway.Kubernetes.Generation.Plans;
using Slipway.Kubernetes.Generation.Tools;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Items;

/// <summary>The items of the base.</summary>
internal sealed class BaseItems : IItemSource
{
    private const string NamespaceId = "namespace/namespace";
    private const string AccountsId = "rbac/service-accounts";
    private const string SecretsId = "secrets/external-secrets";
    private const string ServicesId = "services/services";
    private const string ClaimsId = "storage/persistent-volume-claims";

    public IEnumerable<GenerationItem> ItemsFor(PlatformModel model, IReadOnlyList<GenerationItem> others)
    {
        var items = Foundations(model).Concat(Configuration(model)).Concat(Networking(model)).Concat(model.Inventory.Workloads.Select(workload => Workload(workload, model)))
            .Concat(Advanced(model)).ToList();
        return items.Append(Kustomization(items));
    }

    private static IEnumerable<GenerationItem> Foundations(PlatformModel model)
    {
        var inventory = model.Inventory;
        yield return File(NamespaceId, PlanLevels.NamespaceAndRbac, "generate_namespace", "The namespace") with { IsRequired = true };
        if (inventory.ServiceAccounts.Count > 0) yield return InNamespace(AccountsId, PlanLevels.NamespaceAndRbac, "generate_service_account", "The service accounts");
        if (inventory.Roles.Count == 0) yield break;
        yield return InNamespace("rbac/roles", PlanLevels.NamespaceAndRbac, "generate_role", "The roles");
        if (!inventory.Roles.Any(role => role.Bindings.Count > 0)) yield break;
        yield return InNamespace(
            "rbac/role-bindings",
            PlanLevels.NamespaceAndRbac,
            "generate_role_binding",
            "The role bindings",
            new ItemNeed("rbac/roles", "its bindings name roles"),
            new ItemNeed(AccountsId, "its bindings name service accounts"));
    }

    private static IEnumerable<GenerationItem> Configuration(PlatformModel model)
    {
        var inventory = model.Inventory;
        if (inventory.Secrets.Count > 0)
        {
            yield return InNamespace(
                SecretsId,
                PlanLevels.Configuration,
                "generate_external_secret",
                "The external secrets",
                new ItemNeed("infrastructure/external-secrets", "its secrets are read from the secret store", Before: true, Optional: true));
            if (model.PlaceholderSecrets) yield return InNamespace("secrets/secrets", PlanLevels.Configuration, "generate_secret", "The placeholder secrets");
        }

        foreach (var map in inventory.ConfigMaps)
            yield return Named(InNamespace($"configmaps/{map.Name}", PlanLevels.Configuration, "generate_configmap", $"The config map {map.Name}"), map.Name);
        if (inventory.Workloads.Any(workload => workload.Volumes.OfType<VolumeNeed.PersistentClaim>().Any()))
            yield return InNamespace(ClaimsId, PlanLevels.Configuration, "generate_persistent_volume_claim", "The volume claims");
    }

    private static IEnumerable<GenerationItem> Networking(PlatformModel model)
    {
        var served = model.Inventory.Workloads.Where(ServiceTool.HasService).Select(workload =>
            new ItemNeed(WorkloadId(workload), $"the Service {workload.Name} would select nothing", Before: false));
        if (model.Inventory.Workloads.Any(ServiceTool.HasService))
            yield return InNamespace(ServicesId, PlanLevels.Networking, "generate_service", "The services", [.. served]);
        if (model.Inventory.Workloads.Count > 0)
            yield return InNamespace("networkpolicies/network-policies", PlanLevels.Networking, "generate_network_policy", "The network policies");
    }

    private static GenerationItem Workload(Workload workload, PlatformModel model)
    {
        var (folder, tool) = workload.Kind switch
        {
            WorkloadKind.Job => ("jobs", "generate_job"),
            WorkloadKind.CronJob => ("cron-jobs", "generate_cron_job"),
            _ => ("deployments", "generate_deployment"),
        };
        var item = InNamespace(WorkloadId(workload), PlanLevels.Deployments, tool, $"The {workload.Kind} {workload.Name}", [.. WorkloadNeeds(workload, model)]);
        return Named(item, workload.Name) with { Entry = workload.Name, Group = workload.Tier, Paths = [$"base/{folder}/{workload.Tier}/{workload.Name}.yaml"] };
    }

    private static IEnumerable<ItemNeed> WorkloadNeeds(Workload workload, PlatformModel model)
    {
        if (workload.ServiceAccount is { IsUnknown: false } account && model.Inventory.ServiceAccounts.Any(known => known.Name == account.Content))
            yield return new ItemNeed(AccountsId, $"its pods run as service account {account.Content}");

        var maps = workload.Environment.Select(variable => variable.Value).OfType<EntryValue.ConfigMapKey>().Select(key => key.ConfigMap)
            .Concat(workload.EnvironmentFromConfigMaps.Where(map => !map.IsUnknown).Select(map => map.Content))
            .Concat(workload.Volumes.OfType<VolumeNeed.ConfigMap>().Select(volume => volume.ConfigMapName));
        foreach (var map in maps.Distinct(StringComparer.Ordinal).Where(name => model.Inventory.ConfigMaps.Any(map => map.Name == name)))
            yield return new ItemNeed($"configmaps/{map}", $"its pods take config map {map}");

        var secret = workload.Environment.Select(variable => variable.Value).OfType<EntryValue.SecretKey>().Select(key => key.Secret)
            .Concat(workload.EnvironmentFromSecrets.Where(name => !name.IsUnknown).Select(name => name.Content))
            .Concat(workload.Volumes.OfType<VolumeNeed.Secret>().Select(volume => volume.SecretName))
            .FirstOrDefault(name => model.Inventory.Secrets.Any(known => known.Name == name));
        if (secret is not null) yield return new ItemNeed(SecretsId, $"its pods take secret {secret}");
        if (workload.Volumes.OfType<VolumeNeed.PersistentClaim>().Any()) yield return new ItemNeed(ClaimsId, "its pods mount a volume claim");
    }

    private static IEnumerable<GenerationItem> Advanced(PlatformModel model)
    {
        var workloads = model.Inventory.Workloads;
        if (workloads.Any(workload => workload.Ingress.Count > 0))
            yield return InNamespace("ingress/ingress-no-domain", PlanLevels.Advanced, "generate_ingress", "The ingress", new ItemNeed(ServicesId, "its paths lead to services"));
        if (workloads.Any(AutoscalerTool.HasAutoscaler))
            yield return InNamespace("hpa/hpa", PlanLevels.Advanced, "generate_hpa", "The autoscalers", [.. Targets(workloads.Where(AutoscalerTool.HasAutoscaler), "it scales")]);
        if (workloads.Any(DisruptionBudgetTool.HasBudget))
            yield return InNamespace("pdb/pdb", PlanLevels.Advanced, "generate_pdb", "The disruption budgets", [.. Targets(workloads.Where(DisruptionBudgetTool.HasBudget), "it guards the pods of")]);
    }

    private static IEnumerable<ItemNeed> Targets(IEnumerable<Workload> workloads, string verb) =>
        workloads.Select(workload => new ItemNeed(WorkloadId(workload), $"{verb} {workload.Name}"));

    private static GenerationItem Kustomization(IEnumerable<GenerationItem> items) =>
        File("base/kustomization", PlanLevels.Overlays, "generate_kustomization", "The base's kustomization") with
        {
            Entry = "base/kustomization.yaml",
            Paths = ["base/kustomization.yaml"],
            IsRequired = true,
            Needs = [.. items.Select(item => new ItemNeed(item.Id, "it lists that file", Optional: true))],
        };

    private static string WorkloadId(Workload workload) => workload.Kind switch
    {
        WorkloadKind.Job => $"jobs/{workload.Name}",
        WorkloadKind.CronJob => $"cron-jobs/{workload.Name}",
        _ => $"deployments/{workload.Name}",
    };

    private static GenerationItem InNamespace(string id, string level, string tool, string summary, params IReadOnlyList<ItemNeed> needs) =>
        File(id, level, tool, summary) with { Needs = [new ItemNeed(NamespaceId, "it lives in the namespace"), .. needs] };

    private static GenerationItem File(string id, string level, string tool, string summary) => new()
    {
        Id = id,
        Entry = $"base/{id}.yaml",
        Level = level,
        Tool = tool,
        Paths = [$"base/{id}.yaml"],
        Summary = summary,
    };

    private static GenerationItem Named(GenerationItem item, string name) => item with { Arguments = new MappingNode().Add("name", name) };
}
