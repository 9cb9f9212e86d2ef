using Slipway.Coordination.Diagnostics;
using Slipway.Kubernetes.Generation.Tools;
using Slipway.Kubernetes.Generation.Workloads;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Networking;

/// <summary>Who calls whom on a platform, as the inventory says.</summary>
internal sealed class TrafficMap
{
    private readonly Dictionary<string, Workload> _byName;

    public TrafficMap(ToolCall call)
    {
        Inventory = call.Model.Inventory;
        _byName = Inventory.Workloads.DistinctBy(workload => workload.Name, StringComparer.Ordinal).ToDictionary(workload => workload.Name, StringComparer.Ordinal);
        var calls = new List<(Workload Caller, Workload Target)>();
        foreach (var caller in Inventory.Workloads)
        {
            foreach (var name in caller.Egress.Services.Where(name => name != caller.Name))
            {
                if (!_byName.TryGetValue(name, out var target)) call.Problems.Add(Missing(caller, name));
                else if (ServiceTool.HasService(target)) calls.Add((caller, target));
            }
        }

        Calls = calls;
        UsesKubernetesApi = Inventory.Roles.SelectMany(role => role.Bindings).SelectMany(binding => binding.ServiceAccounts).ToHashSet(StringComparer.Ordinal);
    }

    public Inventory Inventory { get; }

    /// <summary>Every pair of a workload and another that it calls.</summary>
    public IReadOnlyList<(Workload Caller, Workload Target)> Calls { get; }

    /// <summary>The accounts with a Role.</summary>
    public IReadOnlySet<string> UsesKubernetesApi { get; }

    /// <summary>The tiers that hold a workload, in order of declaration.</summary>
    public IEnumerable<string> Tiers => Inventory.Workloads.Select(workload => workload.Tier).Distinct(StringComparer.Ordinal);

    /// <summary>The ports under which a workload is reached from outside.</summary>
    public static IEnumerable<WorkloadPort> ExposedPorts(Workload workload) =>
        workload.Ingress.Select(route => PodValues.FindPort(workload, route.Port)).OfType<WorkloadPort>();

    /// <summary>True when a workload reaches AWS by HTTPS.</summary>
    public static bool UsesAws(Workload workload) => workload.Egress.Aws || workload.ObjectStorage is not null;

    /// <summary>True when the inventory lets a workload reach any address on a port, so that a narrower rule would be pointless.</summary>
    public static bool ReachesAnywhere(Workload workload, int port) =>
        workload.Egress.External.Any(external => external.Cidr == "0.0.0.0/0" && external.Ports.Contains(port));

    private static Diagnostic Missing(Workload caller, string name) => new()
    {
        Code = EntryTexts.ReferenceCode,
        Summary = $"'{caller.Name}' calls '{name}', which is no service",
        Place = caller.Source.Place,
        Fix = "name a service of the inventory",
    };
}
