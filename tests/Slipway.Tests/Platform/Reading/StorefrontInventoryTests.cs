using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Platform;
using Slipway.Platform.Reading;
using Slipway.Testing.Repository;
using Slipway.Workspace;

namespace Slipway.Tests.Platform.Reading;

/// <summary>The example holds what the reference repository of the contract holds.</summary>
public sealed class StorefrontInventoryTests
{
    private static readonly Inventory Storefront = ReadExample();

    [Fact]
    public void Read_Example_MatchesTheReferenceService_ByService()
    {
        var facts = Facts().GetProperty("services").EnumerateArray().ToList();

        Assert.Equal(20, facts.Count);
        Assert.Equal(20, Storefront.Workloads.Count);
        foreach (var fact in facts)
        {
            var name = fact.GetProperty("name").GetString()!;
            var workload = Storefront.Workloads.Single(workload => workload.Name == name);
            Assert.Equal(fact.GetProperty("tier").GetString(), workload.Tier);
            Assert.Equal(fact.GetProperty("port").GetInt32(), workload.Ports.Single().ContainerPort.Content);
            Assert.Equal(fact.GetProperty("serviceAccount").GetString(), workload.ServiceAccount.Content);
            Assert.Equal(fact.GetProperty("replicas").GetInt32(), workload.Replicas.Content);
            Assert.Equal(Number(fact, "terminationGracePeriodSeconds"), workload.TerminationGracePeriodSeconds?.Content);
            Assert.Equal(Amounts(fact), Amounts(workload.Resources));
            Assert.Equal(Scaling(fact.GetProperty("autoscale")), Scaling(workload.Autoscaling));
            Assert.Equal(Budget(fact.GetProperty("disruptionBudget")), workload.DisruptionBudget?.MinAvailable?.Content);
            Assert.Equal(Times(fact, "readiness"), Times(workload.Readiness!));
            Assert.Equal(Times(fact, "liveness"), Times(workload.Liveness!));
            Assert.Subset(workload.WritablePaths.Select(path => path.Content).ToHashSet(), Texts(fact.GetProperty("writablePaths")).ToHashSet());
            Assert.Equal(Keys(fact, "fromConfigMaps"), workload.Environment.Select(variable => variable.Value).OfType<EntryValue.ConfigMapKey>().Select(key => $"{key.ConfigMap}/{key.Key}"));
            Assert.Equal(Keys(fact, "fromSecrets"), workload.Environment.Select(variable => variable.Value).OfType<EntryValue.SecretKey>().Select(key => $"{key.Secret}/{key.Key}"));
            Assert.Equal(Texts(fact.GetProperty("literals")), workload.Environment.Where(variable => variable.Value is not (EntryValue.ConfigMapKey or EntryValue.SecretKey)).Select(variable => variable.Name));
        }
    }

    [Fact]
    public void Read_Example_MatchesWhatTheReferenceServicesShare()
    {
        var facts = Facts();

        foreach (var map in facts.GetProperty("configMaps").EnumerateObject())
            Assert.Equal(Texts(map.Value), Storefront.ConfigMaps.Single(given => given.Name == map.Name).Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        foreach (var secret in facts.GetProperty("secretKeys").EnumerateObject())
            Assert.Subset(Storefront.Secrets.Single(given => given.Name == secret.Name).Keys.Select(key => key.Name).ToHashSet(), Texts(secret.Value).ToHashSet());
        foreach (var role in facts.GetProperty("roles").EnumerateArray())
        {
            var given = Storefront.Roles.Single(given => given.Name == role.GetProperty("name").GetString());
            Assert.Equal(role.GetProperty("rules").EnumerateArray().Select(rule => string.Join(' ', Texts(rule.GetProperty("resources")))), given.Rules.Select(rule => string.Join(' ', rule.Resources)));
        }

        Assert.Equal(
            facts.GetProperty("roleBindings").EnumerateArray().Select(binding => binding.GetProperty("name").GetString()),
            Storefront.Roles.SelectMany(role => role.Bindings).Select(binding => binding.Name).Order(StringComparer.Ordinal));
        Assert.Equal(facts.GetProperty("kinds").GetProperty("ServiceAccount").GetInt32(), Storefront.ServiceAccounts.Count);
    }

    [Fact]
    public void Read_Example_DerivesWhatServicesReach()
    {
        Assert.Equal(
            ["analytics-service", "auth-service", "cache-manager", "data-aggregator", "metrics-collector", "order-service", "payment-service", "product-service", "user-service"],
            Storefront.Workloads.Single(workload => workload.Name == "api-gateway").Egress.Services);
        Assert.Equal(["db-proxy"], Storefront.Workloads.Where(workload => workload.Egress.Database).Select(workload => workload.Name));
        Assert.Equal(["cache-manager"], Storefront.Workloads.Where(workload => workload.Egress.Cache).Select(workload => workload.Name));
        Assert.Equal(["image-processor"], Storefront.Workloads.Where(workload => workload.Egress.Aws).Select(workload => workload.Name));
    }

    private static Inventory ReadExample()
    {
        var problems = new List<Diagnostic>();
        var text = System.Text.Encoding.UTF8.GetString(new PhysicalFileSystem().ReadAllBytes(RepositoryRoot.Combine("examples", "storefront", "services.yaml")));
        var inventory = InventoryReader.Read(text, "services.yaml", problems);
        Assert.Empty(problems);
        return inventory!;
    }

    private static JsonElement Facts()
    {
        var path = RepositoryRoot.Shared("reference", "storefront-facts.json");
        Assert.SkipWhen(path is null, "../shared/reference/storefront-facts.json is not there");
        return JsonDocument.Parse(new PhysicalFileSystem().ReadAllBytes(path)).RootElement;
    }

    private static List<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static IEnumerable<string> Keys(JsonElement fact, string field) =>
        fact.GetProperty(field).EnumerateObject().SelectMany(source => Texts(source.Value).Select(key => $"{source.Name}/{key}"));

    private static int? Number(JsonElement element, string field) =>
        element.TryGetProperty(field, out var number) && number.ValueKind == JsonValueKind.Number ? number.GetInt32() : null;

    private static string Amounts(JsonElement fact)
    {
        var resources = fact.GetProperty("resources");
        return string.Join(' ', new[] { "requests", "limits" }.SelectMany(part => new[] { "cpu", "memory" }.Select(what => resources.GetProperty(part).GetProperty(what).GetString())));
    }

    private static string Amounts(ResourceNeeds needs) => $"{needs.CpuRequest} {needs.MemoryRequest} {needs.CpuLimit} {needs.MemoryLimit}";

    private static (int?, int?, int?, int?)? Scaling(JsonElement fact) =>
        fact.ValueKind == JsonValueKind.Null ? null : (Number(fact, "min"), Number(fact, "max"), Number(fact, "cpu"), Number(fact, "memory"));

    private static (int?, int?, int?, int?)? Scaling(Autoscaling? scaling) =>
        scaling is null ? null : (scaling.Minimum.Content, scaling.Maximum.Content, scaling.CpuPercent?.Content, scaling.MemoryPercent?.Content);

    private static string? Budget(JsonElement fact) => fact.ValueKind == JsonValueKind.Null ? null : fact.GetProperty("minAvailable").GetRawText();

    private static (int?, int?) Times(JsonElement fact, string probe) =>
        (Number(fact.GetProperty(probe), "initialDelaySeconds"), Number(fact.GetProperty(probe), "periodSeconds"));

    private static (int?, int?) Times(Probe probe) => (probe.InitialDelaySeconds.Content, probe.PeriodSeconds.Content);
}
