using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Contexts;

/// <summary>One update of shared intelligence: who knew the same before knows the same after, as one object.</summary>
internal sealed class SharedMerge(SharedIntelligenceField field, IReadOnlyDictionary<string, JsonElement> data, long maxBytes)
{
    private readonly Dictionary<SharedIntelligence, SharedIntelligence?> _merged = new(ReferenceEqualityComparer.Instance);

    /// <summary>What is known after; null when it would be too large.</summary>
    public SharedIntelligence? Into(SharedIntelligence before)
    {
        if (_merged.TryGetValue(before, out var known)) return known;
        var part = new Dictionary<string, JsonElement>(before[field], StringComparer.Ordinal);
        foreach (var (name, value) in data) part[name] = value;
        var after = before.With(field, part);
        return _merged[before] = ContextRules.SizeOf(after) > maxBytes ? null : after;
    }

    public Diagnostic TooLarge() => ContextRules.Problem(
        ContextCodes.TooLarge,
        "update_data",
        $"The shared intelligence would be larger than {maxBytes} bytes",
        "Tell less, or raise MaxSharedBytes.");
}
