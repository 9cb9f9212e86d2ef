using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Templates;

namespace Slipway.Kubernetes.Generation.Plans;

/// <summary>Finds the items that a plan names, holds the plan against what they need of each other, and gives them their edges.</summary>
internal sealed class PlanResolver
{
    private readonly IReadOnlyList<GenerationItem> _known;
    private readonly GenerationPlan _plan;
    private readonly ICollection<Diagnostic> _problems;
    private readonly Dictionary<string, GenerationItem> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Planned> _planned = new(StringComparer.Ordinal);
    private readonly List<Planned> _order = [];
    private bool _failed;

    public PlanResolver(IReadOnlyList<GenerationItem> known, GenerationPlan plan, ICollection<Diagnostic> problems)
    {
        _known = known;
        _plan = plan;
        _problems = problems;
        foreach (var item in known)
        {
            _byText.TryAdd(item.Entry, item);
            _byText.TryAdd(item.Id, item);
            foreach (var path in item.Paths) _byText.TryAdd(path, item);
        }
    }

    /// <summary>Resolves the plan.</summary>
    /// <returns>The items, each after those it depends on; null with problems.</returns>
    public IReadOnlyList<GenerationItem>? Resolve()
    {
        foreach (var level in _plan.Levels)
        {
            foreach (var entry in level.Entries) Place(level, entry);
        }

        CheckServices();
        CheckNeeds();
        return _failed ? null : Finish();
    }

    private void Place(PlanLevel level, PlanEntry entry)
    {
        if (Find(entry.Text) is not { } item)
        {
            var near = Suggestion.Closest(entry.Text, _known.Select(known => known.Entry));
            Report(
                PlanCodes.UnknownItem,
                entry.Place,
                $"there is nothing to generate called '{entry.Text}'",
                near is null ? "remove it; 'slipway context' writes a plan with everything that can be made" : $"did you mean '{near}'?");
            return;
        }

        var planned = new Planned(item, level, entry, _order.Count);
        if (_planned.TryAdd(item.Id, planned)) _order.Add(planned);
        else Report(PlanCodes.RepeatedItem, entry.Place, $"'{entry.Text}' is planned twice", $"remove it here or in level_{_planned[item.Id].Level.Name}");
    }

    private GenerationItem? Find(string text)
    {
        var normal = text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text;
        return _byText.GetValueOrDefault(normal) ?? _byText.GetValueOrDefault($"{normal}/") ?? _byText.GetValueOrDefault(normal.TrimEnd('/'));
    }

    private void CheckServices()
    {
        var known = _known.Where(item => item.Group is not null).Select(item => item.Entry).ToHashSet(StringComparer.Ordinal);
        foreach (var service in _plan.Services.Where(service => !known.Contains(service.Text)))
        {
            _problems.Add(new Diagnostic
            {
                Code = PlanCodes.InventoryDiffers,
                Severity = Severity.Warning,
                Summary = $"the plan lists the service '{service.Text}', which the inventory does not have",
                Place = service.Place,
                Fix = "add it to the inventory, or run 'slipway context' again",
            });
        }
    }

    private void CheckNeeds()
    {
        foreach (var item in _known.Where(item => item.IsRequired && !_planned.ContainsKey(item.Id)))
            Report(PlanCodes.Dropped, null, $"the plan does not make '{item.Entry}', without which nothing can be applied", $"add it to level_{item.Level}");

        foreach (var planned in _order)
        {
            foreach (var need in planned.Item.Needs) CheckNeed(planned, need);
        }
    }

    private void CheckNeed(Planned planned, ItemNeed need)
    {
        if (!_planned.TryGetValue(need.Id, out var needed))
        {
            if (need.Optional) return;
            var missing = _known.FirstOrDefault(item => item.Id == need.Id);
            Report(
                PlanCodes.Dropped,
                planned.Entry.Place,
                $"'{planned.Entry.Text}' cannot hold without '{missing?.Entry ?? need.Id}', which the plan does not make, because {need.Reason}",
                missing is null ? $"remove '{planned.Entry.Text}'" : $"add '{missing.Entry}' to level_{missing.Level}, or remove '{planned.Entry.Text}' too");
            return;
        }

        if (!need.Before || planned.Item.IsFinishedLast) return;
        var mine = PlanLevels.Rank(planned.Level.Name);
        var others = PlanLevels.Rank(needed.Level.Name);
        if (others < mine || (others == mine && (!planned.Level.Sequential || needed.Order < planned.Order))) return;
        Report(
            PlanCodes.TooEarly,
            planned.Entry.Place,
            $"'{planned.Entry.Text}' stands before '{needed.Entry.Text}', which it needs because {need.Reason}",
            others == mine ? $"move '{needed.Entry.Text}' above it" : $"move it to level_{needed.Level.Name} or later");
    }

    private List<GenerationItem> Finish()
    {
        var result = new List<GenerationItem>(_order.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var planned in _order.Where(planned => !planned.Item.IsFinishedLast)) Add(planned);
        foreach (var planned in _order.Where(planned => planned.Item.IsFinishedLast)) Add(planned);
        return result;

        void Add(Planned planned)
        {
            if (!done.Add(planned.Item.Id)) return;
            var edges = Edges(planned);
            foreach (var edge in edges) Add(_planned[edge]);
            result.Add(planned.Item with { Level = planned.Level.Name, Group = planned.Entry.Group ?? planned.Item.Group, DependsOn = edges });
        }
    }

    private List<string> Edges(Planned planned)
    {
        var edges = planned.Item.Needs.Where(need => need.Before).Select(need => need.Id);
        if (planned.Item.IsFinishedLast) edges = edges.Concat(_order.Where(other => !other.Item.IsFinishedLast).Select(other => other.Item.Id));
        return [.. edges.Where(_planned.ContainsKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private void Report(string code, SourcePlace? place, string summary, string fix)
    {
        _failed = true;
        _problems.Add(new Diagnostic { Code = code, Summary = summary, Place = place, Fix = fix });
    }

    private sealed record Planned(GenerationItem Item, PlanLevel Level, PlanEntry Entry, int Order);
}
