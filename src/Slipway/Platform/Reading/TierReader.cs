using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Reading;

/// <summary>The tiers that services may name: the five built-in ones, and the user's.</summary>
internal sealed class TierReader
{
    /// <summary>The built-in tiers in their order, with their service accounts.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> BuiltIn =
    [
        new("frontend", "frontend-sa"),
        new("gateway", "api-gateway-sa"),
        new("backend", "backend-sa"),
        new("processing", "processing-sa"),
        new("infrastructure", "infrastructure-sa"),
    ];

    private readonly List<Tier> _tiers = [];
    private readonly Dictionary<string, TierDefaults> _defaults = new(StringComparer.Ordinal);

    private TierReader()
    {
        foreach (var (name, account) in BuiltIn) Add(new Tier(name, account, Provenance.Default($"tier {name}")), TierDefaults.For(name));
    }

    /// <summary>The names of all tiers.</summary>
    public IReadOnlyList<string> Names => [.. _tiers.Select(tier => tier.Name)];

    /// <summary>Reads the root's <c>tiers</c>.</summary>
    public static TierReader Read(MappingReader root)
    {
        var reader = new TierReader();
        var places = new Dictionary<string, SourcePlace>(StringComparer.Ordinal);
        foreach (var item in root.Mappings("tiers", InventoryFields.Tier)) reader.ReadTier(item, places);
        return reader;
    }

    /// <summary>A tier by name, or null when there is none.</summary>
    public Tier? Find(string name) => _tiers.Find(tier => tier.Name == name);

    /// <summary>The defaults of a tier; those that every tier has when there is no such tier.</summary>
    public TierDefaults DefaultsOf(string name) => _defaults.TryGetValue(name, out var found) ? found : TierDefaults.For(name);

    /// <summary>The tiers that workloads use, in order; a declared one that none uses is worth a warning.</summary>
    public IReadOnlyList<Tier> InUse(IReadOnlyList<Workload> workloads, ReadScope scope)
    {
        // While a service names a tier that does not exist, nobody can say which tiers are not meant.
        if (workloads.Any(workload => Find(workload.Tier) is null)) return _tiers;

        var used = workloads.Select(workload => workload.Tier).ToHashSet(StringComparer.Ordinal);
        foreach (var tier in _tiers.Where(tier => tier.Source.Kind != ProvenanceKind.Default && !used.Contains(tier.Name)))
        {
            scope.Report(
                InventoryCodes.UnusedTier,
                tier.Source.Place,
                $"no service is of the tier '{tier.Name}'",
                "remove the tier, or name it in a service",
                Severity.Warning);
        }

        return [.. _tiers.Where(tier => used.Contains(tier.Name))];
    }

    private void ReadTier(MappingReader item, Dictionary<string, SourcePlace> places)
    {
        var name = item.RequiredText("name", NameRules.DnsLabel);
        var given = name?.Content ?? item.Node.Text("name") ?? "";
        if (name is not null && !places.TryAdd(given, item.PlaceOf("name")))
            item.Report(InventoryCodes.DuplicateName, "name", $"the tier '{given}' is declared twice (first at {places[given] with { Path = null }})", "remove one of the two");
        var builtIn = BuiltIn.FirstOrDefault(pair => pair.Key == given).Value;
        var account = item.Text("serviceAccount", NameRules.SharedName)?.Content ?? builtIn ?? $"{given}-sa";
        var defaults = TierDefaults.For(given);
        if (item.Mapping("defaults", InventoryFields.TierDefaults) is { } declared) defaults = defaults.Overlay(declared);
        Add(new Tier(given, account, item.Source), defaults);
    }

    private void Add(Tier tier, TierDefaults defaults)
    {
        var at = _tiers.FindIndex(other => other.Name == tier.Name);
        if (at >= 0) _tiers[at] = tier;
        else _tiers.Add(tier);
        _defaults[tier.Name] = defaults;
    }
}
