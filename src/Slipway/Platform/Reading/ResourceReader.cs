using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>Reads <c>resources</c>; also used for environments.</summary>
internal static class ResourceReader
{
    /// <summary>Reads the field <c>resources</c>; what it leaves out comes from the defaults.</summary>
    public static ResourceNeeds Read(MappingReader reader, ResourceNeeds defaults)
    {
        if (reader.Mapping("resources", InventoryFields.Resources) is not { } resources) return defaults;
        var requests = resources.Mapping("requests", InventoryFields.Amounts);
        var limits = resources.Mapping("limits", InventoryFields.Amounts);
        var needs = new ResourceNeeds(
            requests?.Text("cpu", Quantity.Cpu) ?? defaults.CpuRequest,
            requests?.Text("memory", Quantity.Memory) ?? defaults.MemoryRequest,
            limits?.Text("cpu", Quantity.Cpu) ?? defaults.CpuLimit,
            limits?.Text("memory", Quantity.Memory) ?? defaults.MemoryLimit);
        Compare(resources, "cpu", needs.CpuRequest, needs.CpuLimit);
        Compare(resources, "memory", needs.MemoryRequest, needs.MemoryLimit);
        return needs;
    }

    private static void Compare(MappingReader resources, string what, Value<string> request, Value<string> limit)
    {
        if (!request.TryGet(out var low) || !limit.TryGet(out var high)) return;
        if (!Quantity.TryParse(low, out var least) || !Quantity.TryParse(high, out var most) || least <= most) return;
        var isDefault = request.Source.Kind == ProvenanceKind.Default ? $" (the default of {request.Source.Origin})" : "";
        var limitIsDefault = limit.Source.Kind == ProvenanceKind.Default ? $" (the default of {limit.Source.Origin})" : "";
        resources.Scope.Report(
            InventoryCodes.RequestAboveLimit,
            request.Source.Place ?? limit.Source.Place ?? resources.Place,
            $"the {what} request {low}{isDefault} is above the limit {high}{limitIsDefault}",
            $"lower requests.{what} or raise limits.{what}");
    }
}
