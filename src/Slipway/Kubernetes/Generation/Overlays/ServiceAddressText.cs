using System.Globalization;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Overlays;

/// <summary>Writes the address of a service as it is called in an environment. Kustomize renames objects, never text, so addresses are written anew.</summary>
internal static class ServiceAddressText
{
    /// <summary>The address as a node.</summary>
    /// <param name="model">The platform.</param>
    /// <param name="address">The address.</param>
    /// <param name="names">The environment.</param>
    public static ScalarNode Write(PlatformModel model, EntryValue.ServiceAddress address, EnvironmentNames names)
    {
        var source = new Provenance(ProvenanceKind.Override, $"{address.Source.Origin} with the name prefix of {names.Name}", address.Source.Place);
        var workload = model.Inventory.Workloads.FirstOrDefault(workload => workload.Name == address.Service);
        var port = workload?.Ports.FirstOrDefault(port => address.Port is null || port.Name.ToString() == address.Port)?.ServicePort;
        var text = address.Format.Replace("{host}", names.Of(address.Service), StringComparison.Ordinal);
        if (port is null) return ScalarNode.Of(text, source);
        return ScalarNode.Of(text.Replace("{port}", Number(port), StringComparison.Ordinal), source);
    }

    private static string Number(Value<int> port) =>
        port.TryGet(out var number) ? number.ToString(CultureInfo.InvariantCulture) : UnknownMarker.For(port.UnknownName!);
}
