using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>The tags an environment has otherwise. The base has already replaced image names by repositories, so those are what an overlay names.</summary>
internal static class ImageOverrides
{
    /// <summary>Repositories whose workloads all have the same tag here, ordered.</summary>
    public static IReadOnlyList<(Value<string> Repository, Value<string> Tag)> Transformed(
        PlatformModel model,
        EnvironmentDefinition environment,
        OverlayNodes nodes) =>
    [
        .. ByRepository(model, nodes)
            .Where(group => IsUniform(group, environment, nodes))
            .Select(group => (group.First().Image.Repository, environment.Workloads[group.First().Name].Tag!)),
    ];

    /// <summary>Workloads that share a repository with one of another tag.</summary>
    public static IEnumerable<(Workload Workload, Value<string> Tag)> Patched(PlatformModel model, EnvironmentDefinition environment, OverlayNodes nodes) =>
        ByRepository(model, nodes)
            .Where(group => !IsUniform(group, environment, nodes))
            .SelectMany(group => group)
            .Where(workload => environment.Workloads.GetValueOrDefault(workload.Name)?.Tag is not null)
            .Select(workload => (workload, environment.Workloads[workload.Name].Tag!));

    private static IEnumerable<IGrouping<string, Workload>> ByRepository(PlatformModel model, OverlayNodes nodes) =>
        model.Inventory.Workloads
            .GroupBy(workload => nodes.Text(workload.Image.Repository), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal);

    private static bool IsUniform(IGrouping<string, Workload> group, EnvironmentDefinition environment, OverlayNodes nodes)
    {
        var tags = group.Select(workload => environment.Workloads.GetValueOrDefault(workload.Name)?.Tag).ToList();
        return tags.TrueForAll(tag => tag is not null) && tags.Select(tag => nodes.Text(tag!)).Distinct(StringComparer.Ordinal).Count() == 1;
    }
}
