using System.Text.Json;

namespace Slipway.Coordination.Contexts;

/// <summary>Copies of what was given, so that neither its lists nor its JSON documents can change under a package.</summary>
internal static class ContextCopies
{
    public static AgentAssignment Of(AgentAssignment given) => given with
    {
        Tasks = [.. given.Tasks],
        InputData = Of(given.InputData),
        Dependencies = [.. given.Dependencies],
        OutputRequirements = Of(given.OutputRequirements),
        SuccessCriteria = Of(given.SuccessCriteria),
    };

    public static SharedIntelligence Of(SharedIntelligence given)
    {
        var copy = given;
        foreach (var field in ContextNames.Fields.Values) copy = copy.With(field, Of(given[field]));
        return copy;
    }

    public static IReadOnlyDictionary<string, JsonElement> Of(IReadOnlyDictionary<string, JsonElement> given)
    {
        if (given.Count == 0) return SharedIntelligence.Empty.TypeRegistry;
        var copy = new Dictionary<string, JsonElement>(given.Count, StringComparer.Ordinal);
        foreach (var (name, value) in given) copy.Add(name, value.Clone());
        return copy;
    }
}
