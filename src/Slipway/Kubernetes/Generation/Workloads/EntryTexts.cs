using System.Globalization;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Platform;

namespace Slipway.Kubernetes.Generation.Workloads;

/// <summary>The text of what a config map entry or an environment variable holds in the base.</summary>
internal static class EntryTexts
{
    public const string ReferenceCode = "SLW2003";

    /// <summary>The text of a literal or an address, as a node that is always text.</summary>
    public static ScalarNode Of(EntryValue value, ToolCall call)
    {
        switch (value)
        {
            case EntryValue.Literal literal:
                return call.Node(literal.Text);
            case EntryValue.ServiceAddress address:
                return Address(address, call);
            default:
                call.Problems.Add(Unresolved(value));
                return ScalarNode.Of("");
        }
    }

    private static ScalarNode Address(EntryValue.ServiceAddress address, ToolCall call)
    {
        var target = call.Model.Inventory.Workloads.FirstOrDefault(workload => workload.Name == address.Service);
        var port = address.Port is null
            ? target is { Ports: [var main, ..] } ? main : null
            : target?.Ports.FirstOrDefault(candidate => !candidate.Name.IsUnknown && candidate.Name.Content == address.Port);
        if (port is null)
        {
            call.Problems.Add(new Diagnostic
            {
                Code = ReferenceCode,
                Summary = target is null
                    ? $"there is no service '{address.Service}' whose address could be written"
                    : address.Port is null ? $"the service '{address.Service}' has no port" : $"the service '{address.Service}' has no port '{address.Port}'",
                Place = address.Source.Place,
                Fix = "name a service and a port that the inventory has",
            });
            return ScalarNode.Of("");
        }

        if (!ValueNodes.IsWritable(port.ServicePort, call.Item, call.Problems)) return call.Node(port.ServicePort);
        var text = address.Format
            .Replace("{host}", address.Service, StringComparison.Ordinal)
            .Replace("{port}", port.ServicePort.Content.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return ScalarNode.Of(text, address.Source);
    }

    private static Diagnostic Unresolved(EntryValue value) => new()
    {
        Code = ReferenceCode,
        Summary = value is EntryValue.Fact fact ? $"the fact '{fact.Path}' was not looked up" : $"a {value.GetType().Name} cannot stand in a config map",
        Place = value switch
        {
            EntryValue.Fact entry => entry.Source.Place,
            EntryValue.ConfigMapKey entry => entry.Source.Place,
            EntryValue.SecretKey entry => entry.Source.Place,
            EntryValue.PodField entry => entry.Source.Place,
            _ => null,
        },
        Fix = "write a literal, a fact or a service's address",
    };
}
