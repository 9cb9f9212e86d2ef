using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;

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
            requests?.Text("cpu", AmountRules.Cpu) ?? defaults.CpuRequest,
            requests?.Text("memory", AmountRules.Memory) ?? defaults.MemoryRequest,
            limits?.Text("cpu", AmountRules.Cpu) ?? defaults.CpuLimit,
            limits?.Text("memory", AmountRules.Memory) ?? defaults.MemoryLimit);
        Compare(needs, resources.Place, problem => resources.Scope.Report(problem.Code, problem.Place, problem.Summary, problem.Fix));
        return needs;
    }

    /// <summary>Reports requests that are above their limits.</summary>
    /// <param name="needs">The resources.</param>
    /// <param name="place">Where they stand when their values do not say.</param>
    /// <param name="report">Receives a diagnostic each.</param>
    public static void Compare(ResourceNeeds needs, SourcePlace? place, Action<Diagnostic> report)
    {
        CompareOne("cpu", needs.CpuRequest, needs.CpuLimit);
        CompareOne("memory", needs.MemoryRequest, needs.MemoryLimit);

        void CompareOne(string what, Value<string> request, Value<string> limit)
        {
            if (!request.TryGet(out var low) || !limit.TryGet(out var high)) return;
            if (Quantity.Parse(low) is not { } least || Quantity.Parse(high) is not { } most || least <= most) return;
            report(new Diagnostic
            {
                Code = InventoryCodes.RequestAboveLimit,
                Summary = $"the {what} request {low}{OfDefault(request)} is above the limit {high}{OfDefault(limit)}",
                Place = request.Source.Place ?? limit.Source.Place ?? place,
                Fix = $"lower requests.{what} or raise limits.{what}",
            });
        }
    }

    private static string OfDefault(Value<string> value) => value.Source.Kind == ProvenanceKind.Default ? $" (the default of {value.Source.Origin})" : "";
}
