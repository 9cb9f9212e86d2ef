using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;
using Slipway.Platform.Reading;
using Slipway.Testing.Repository;

namespace Slipway.Tests.Kubernetes.Generation;

/// <summary>The example's base holds at least what the reference for the same services counts.</summary>
public sealed class StorefrontTests
{
    private static readonly Lazy<PlatformModel> Storefront = new(Read);

    [Theory]
    [InlineData("Namespace", "Namespace")]
    [InlineData("ServiceAccount", "ServiceAccount")]
    [InlineData("Role", "Role")]
    [InlineData("RoleBinding", "RoleBinding")]
    [InlineData("ConfigMap", "ConfigMap")]
    [InlineData("Secret", "ExternalSecret")]
    [InlineData("Service", "Service")]
    [InlineData("Deployment", "Deployment")]
    [InlineData("PodDisruptionBudget", "PodDisruptionBudget")]
    [InlineData("HorizontalPodAutoscaler", "HorizontalPodAutoscaler")]
    [InlineData("Ingress", "Ingress")]
    public void Kinds_Counted_AreThoseOfTheReference(string kind, string ours) =>
        Assert.Equal(Facts().GetProperty("kinds").GetProperty(kind).GetInt32(), Generate.Kind(Storefront.Value, ours).Count);

    [Fact]
    public void NetworkPolicies_OfTheReference_AreThereOrMorePrecise()
    {
        var names = Generate.Kind(Storefront.Value, "NetworkPolicy").Select(Name).ToList();

        foreach (var policy in Facts().GetProperty("networkPolicies").EnumerateArray().Select(policy => policy.GetProperty("name").GetString()!))
            Assert.Contains(names, name => name == policy || name.StartsWith($"{policy}-", StringComparison.Ordinal));
        Assert.True(names.Count >= Facts().GetProperty("kinds").GetProperty("NetworkPolicy").GetInt32());
    }

    [Fact]
    public void Deployments_OfTheReference_AreMet()
    {
        var deployments = Generate.Kind(Storefront.Value, "Deployment").ToDictionary(Name);
        foreach (var service in Facts().GetProperty("services").EnumerateArray())
        {
            var name = service.GetProperty("name").GetString()!;
            var spec = deployments[name].Mapping("spec")!;
            var pod = spec.Mapping("template")!.Mapping("spec")!;
            var container = (MappingNode)pod.Sequence("containers")![0];

            Assert.Equal((name, Text(service, "replicas")), (name, spec.Text("replicas")));
            Assert.Equal((name, Text(service, "serviceAccount")), (name, pod.Text("serviceAccountName")));
            Assert.Equal((name, Text(service, "port")), (name, ((MappingNode)container.Sequence("ports")![0]).Text("containerPort")));
            Assert.Equal(Text(service, "tier"), spec.Mapping("template")!.Mapping("metadata")!.Mapping("labels")!.Text("app.kubernetes.io/component"));
            if (service.GetProperty("terminationGracePeriodSeconds").ValueKind != JsonValueKind.Null)
                Assert.Equal((name, Text(service, "terminationGracePeriodSeconds")), (name, pod.Text("terminationGracePeriodSeconds")));
            foreach (var group in new[] { "limits", "requests" })
            {
                foreach (var resource in service.GetProperty("resources").GetProperty(group).EnumerateObject())
                    Assert.Equal((name, group, resource.Value.GetString()), (name, group, container.Mapping("resources")!.Mapping(group)!.Text(resource.Name)));
            }

            foreach (var (probe, key) in new[] { ("readiness", "readinessProbe"), ("liveness", "livenessProbe") })
            {
                foreach (var delay in new[] { "initialDelaySeconds", "periodSeconds" })
                    Assert.Equal((name, probe, delay, Text(service.GetProperty(probe), delay)), (name, probe, delay, container.Mapping(key)!.Text(delay)));
            }

            var mounts = container.Sequence("volumeMounts")!.Cast<MappingNode>().Select(mount => mount.Text("mountPath")!).ToHashSet();
            Assert.Subset(mounts, Texts(service.GetProperty("writablePaths")).Append("/tmp").ToHashSet());
            AssertEnvironment(name, service, container);
        }
    }

    [Fact]
    public void Scaling_OfTheReference_IsMet()
    {
        var scalers = Generate.Kind(Storefront.Value, "HorizontalPodAutoscaler").ToDictionary(Name);
        var budgets = Generate.Kind(Storefront.Value, "PodDisruptionBudget").ToDictionary(Name);
        foreach (var service in Facts().GetProperty("services").EnumerateArray())
        {
            var name = service.GetProperty("name").GetString()!;
            Assert.Equal((name, service.GetProperty("autoscale").ValueKind != JsonValueKind.Null), (name, scalers.ContainsKey($"{name}-hpa")));
            Assert.Equal((name, service.GetProperty("disruptionBudget").ValueKind != JsonValueKind.Null), (name, budgets.ContainsKey($"{name}-pdb")));
            if (scalers.TryGetValue($"{name}-hpa", out var scaler))
            {
                Assert.Equal(Text(service.GetProperty("autoscale"), "min"), scaler.Mapping("spec")!.Text("minReplicas"));
                Assert.Equal(Text(service.GetProperty("autoscale"), "max"), scaler.Mapping("spec")!.Text("maxReplicas"));
            }

            if (budgets.TryGetValue($"{name}-pdb", out var budget))
                Assert.Equal(Text(service.GetProperty("disruptionBudget"), "minAvailable"), budget.Mapping("spec")!.Text("minAvailable"));
        }
    }

    [Fact]
    public void Configuration_OfTheReference_IsThere()
    {
        var maps = Generate.Kind(Storefront.Value, "ConfigMap").ToDictionary(Name, map => map.Mapping("data")!.Select(entry => entry.Key).ToHashSet());
        foreach (var map in Facts().GetProperty("configMaps").EnumerateObject()) Assert.Subset(maps[map.Name], Texts(map.Value));

        var secrets = Generate.Kind(Storefront.Value, "ExternalSecret").ToDictionary(Name, SecretKeys);
        foreach (var secret in Facts().GetProperty("secretKeys").EnumerateObject()) Assert.Subset(secrets[secret.Name], Texts(secret.Value));

        var bindings = Generate.Kind(Storefront.Value, "RoleBinding").Select(Name).ToHashSet();
        Assert.Subset(bindings, Facts().GetProperty("roleBindings").EnumerateArray().Select(binding => binding.GetProperty("name").GetString()!).ToHashSet());
    }

    [Fact]
    public void Ingress_OfTheReference_IsMetWithItsPathsInOrder()
    {
        var ingress = Assert.Single(Generate.Kind(Storefront.Value, "Ingress"));
        var annotations = ingress.Mapping("metadata")!.Mapping("annotations")!.Select(entry => entry.Key).ToHashSet();
        var wanted = Texts(Facts().GetProperty("ingress")[0].GetProperty("annotations"));
        wanted.Remove("kubernetes.io/ingress.class");

        Assert.Subset(annotations, wanted);
        Assert.Equal("alb", ingress.Mapping("spec")!.Text("ingressClassName"));
        var paths = ((MappingNode)ingress.Mapping("spec")!.Sequence("rules")![0]).Mapping("http")!.Sequence("paths")!.Cast<MappingNode>();
        Assert.Equal(
            [("/admin", "admin-dashboard", "3001"), ("/api", "api-gateway", "8080"), ("/", "web-ui", "3000")],
            paths.Select(path =>
            {
                var service = path.Mapping("backend")!.Mapping("service")!;
                return (path.Text("path")!, service.Text("name")!, service.Mapping("port")!.Text("number")!);
            }));
    }

    [Fact]
    public void Policies_OfTheExample_AllowExactlyItsCalls()
    {
        var policies = new PolicyReading(Storefront.Value);
        foreach (var caller in Storefront.Value.Inventory.Workloads)
        {
            foreach (var target in Storefront.Value.Inventory.Workloads.Where(target => target.Name != caller.Name))
            {
                var wanted = caller.Egress.Services.Contains(target.Name);
                Assert.Equal((caller.Name, target.Name, wanted), (caller.Name, target.Name, policies.Reaches(caller, target, target.Ports[0].ContainerPort.Content)));
            }
        }
    }

    [Fact]
    public async Task Kustomize_OfTheExample_Builds() => await Kustomization.AssertBuildsAsync(Generate.Base(Storefront.Value), "base");

    private static void AssertEnvironment(string name, JsonElement service, MappingNode container)
    {
        var variables = container.Sequence("env")!.Cast<MappingNode>().ToList();
        var literals = variables.Where(variable => variable.Has("value")).Select(variable => variable.Text("name")!).ToHashSet();
        Assert.Subset(literals, Texts(service.GetProperty("literals")));
        foreach (var (kind, reference) in new[] { ("fromConfigMaps", "configMapKeyRef"), ("fromSecrets", "secretKeyRef") })
        {
            foreach (var source in service.GetProperty(kind).EnumerateObject())
            {
                var taken = variables.Select(variable => variable.Mapping("valueFrom")?.Mapping(reference))
                    .Where(key => key?.Text("name") == source.Name)
                    .Select(key => $"{name}: {key!.Text("key")}")
                    .ToHashSet();
                Assert.Subset(taken, Texts(source.Value).Select(key => $"{name}: {key}").ToHashSet());
            }
        }
    }

    private static HashSet<string> SecretKeys(MappingNode secret)
    {
        var spec = secret.Mapping("spec")!;
        return spec.Sequence("data") is { } data
            ? [.. data.Cast<MappingNode>().Select(entry => entry.Text("secretKey")!)]
            : [.. spec.Mapping("target")!.Mapping("template")!.Mapping("data")!.Select(entry => entry.Key)];
    }

    private static string Name(MappingNode node) => node.Mapping("metadata")!.Text("name")!;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();

    private static HashSet<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static JsonElement Facts()
    {
        var file = RepositoryRoot.Shared("reference", "storefront-facts.json");
        if (file is null) Assert.Skip("the reference data is not beside this checkout");
        return JsonDocument.Parse(File.ReadAllText(file)).RootElement;
    }

    // Facts come from Terraform; here each stands as its own name, so that only the inventory is tested.
    private static PlatformModel Read()
    {
        var problems = new List<Diagnostic>();
        var inventory = InventoryReader.Read(File.ReadAllText(RepositoryRoot.Combine("examples", "storefront", "services.yaml")), "services.yaml", problems);
        Assert.True(inventory is not null, string.Join('\n', problems));
        return SamplePlatform.Rich() with
        {
            Inventory = inventory with
            {
                ConfigMaps = [.. inventory.ConfigMaps.Select(map => map with { Entries = [.. map.Entries.Select(entry => new KeyValuePair<string, EntryValue>(entry.Key, Filled(entry.Value)))] })],
                Secrets = [.. inventory.Secrets.Select(secret => secret with { RemoteName = Filled(secret.RemoteName) })],
                Workloads = [.. inventory.Workloads.Select(workload => workload with { Environment = [.. workload.Environment.Select(variable => variable with { Value = Filled(variable.Value) })] })],
            },
        };
    }

    private static EntryValue Filled(EntryValue value) => value is EntryValue.Fact fact ? new EntryValue.Literal(Value.Known(fact.Path, fact.Source)) : value;
}
