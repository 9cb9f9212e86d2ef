using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Platform.Reading;

namespace Slipway.Platform.Building;

/// <summary>Holds environments against the inventory: what they override must be there, and names must not grow too long.</summary>
internal static class EnvironmentCheck
{
    private const int LongestLabel = 63;

    // A cron job's jobs carry eleven characters more.
    private const int LongestCronJob = 52;

    /// <summary>Reports what does not fit.</summary>
    public static void Check(Inventory inventory, IReadOnlyList<EnvironmentDefinition> environments, Value<string> commonNamespace, ICollection<Diagnostic> problems)
    {
        CheckSharedNames(environments, commonNamespace, problems);
        var services = inventory.Workloads.Select(workload => workload.Name).ToList();
        var maps = inventory.ConfigMaps.DistinctBy(map => map.Name, StringComparer.Ordinal)
            .ToDictionary(map => map.Name, map => map.Entries.Select(entry => entry.Key).ToList(), StringComparer.Ordinal);
        foreach (var environment in environments)
        {
            foreach (var (name, change) in environment.Workloads)
            {
                var place = (change.Replicas?.Source ?? change.Tag?.Source ?? change.Resources?.CpuRequest.Source ?? environment.Source).Place;
                CheckOverride(name, change, problems);
                Expect(name, services, BuilderCodes.OverriddenService, $"the environment '{environment.Name}' changes the service '{name}', which does not exist", place);
            }

            if (environment.Resources is { } resources) ResourceReader.Compare(resources, environment.Source.Place, problems.Add);
            foreach (var (map, entries) in environment.ConfigMaps)
            {
                var place = entries.Values.FirstOrDefault()?.Source.Place ?? environment.Source.Place;
                if (!Expect(map, maps.Keys, BuilderCodes.OverriddenEntry, $"the environment '{environment.Name}' changes the config map '{map}', which does not exist", place)) continue;
                foreach (var (key, value) in entries)
                    Expect(key, maps[map], BuilderCodes.OverriddenEntry, $"the environment '{environment.Name}' changes the key '{key}', which the config map '{map}' does not have", value.Source.Place);
            }

            if (environment.NamePrefix?.TryGet(out var prefix) == true) CheckLength(inventory, environment, prefix);
        }

        bool Expect(string name, IReadOnlyCollection<string> known, string code, string summary, SourcePlace? place)
        {
            if (known.Contains(name, StringComparer.Ordinal)) return true;
            var fix = Suggestion.Closest(name, known) is { } close ? $"did you mean '{close}'?" : "remove it, or add it to the inventory";
            problems.Add(new Diagnostic { Code = code, Summary = summary, Place = place, Fix = fix });
            return false;
        }

        void CheckLength(Inventory all, EnvironmentDefinition environment, string prefix)
        {
            foreach (var workload in all.Workloads)
            {
                var longest = workload.Kind == WorkloadKind.CronJob ? LongestCronJob : LongestLabel;
                var length = prefix.Length + workload.Name.Length;
                if (length <= longest) continue;
                problems.Add(new Diagnostic
                {
                    Code = BuilderCodes.PrefixedName,
                    Summary = $"in the environment '{environment.Name}' the name '{prefix}{workload.Name}' has {length} characters ({longest} at most)",
                    Place = environment.NamePrefix!.Source.Place ?? environment.Source.Place ?? workload.Source.Place,
                    Fix = "shorten the prefix or the service's name",
                });
            }
        }
    }

    private static void CheckSharedNames(IReadOnlyList<EnvironmentDefinition> environments, Value<string> commonNamespace, ICollection<Diagnostic> problems)
    {
        foreach (var group in environments.GroupBy(environment => ((environment.Namespace ?? commonNamespace).ToString(), environment.NamePrefix?.ToString() ?? "")))
        {
            foreach (var second in group.Skip(1))
            {
                problems.Add(new Diagnostic
                {
                    Code = BuilderCodes.SharedNames,
                    Severity = Severity.Warning,
                    Summary = $"the environments '{group.First().Name}' and '{second.Name}' call every object the same in the namespace '{group.Key.Item1}', so in one cluster each replaces the other's",
                    Place = second.Source.Place,
                    Fix = "give one of them a 'namePrefix:' or a 'namespace:'",
                });
            }
        }
    }

    private static void CheckOverride(string name, WorkloadOverride change, ICollection<Diagnostic> problems)
    {
        if (change.Resources is { } resources) ResourceReader.Compare(resources, null, problems.Add);
        if (change.Tag?.ToString() != ImageReader.FloatingTag) return;
        problems.Add(new Diagnostic
        {
            Code = InventoryCodes.FloatingImage,
            Summary = $"the tag 'latest' of '{name}' names another image every day",
            Place = change.Tag.Source.Place,
            Fix = "name the version to run",
        });
    }
}
