using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Finds one fact after another: by fixed value, by mapping, by conventional name.</summary>
internal sealed class FactFinder(ContextRequest request, OutputSearch search, InventoryNeeds needs, ICollection<Diagnostic> problems)
{
    private readonly Dictionary<string, Value<string>> _mapping = Canonical(request.Mapping);
    private readonly Dictionary<string, Value<string>> _values = Canonical(request.Values);

    /// <summary>True when a mapping or a value is given for any fact of a section.</summary>
    public bool IsNamed(string section) =>
        _mapping.Keys.Concat(_values.Keys).Any(path => OutputCatalogue.SectionOf(path) == section);

    /// <summary>The names of mapped or given roles.</summary>
    public IEnumerable<string> NamedRoles =>
        _mapping.Keys.Concat(_values.Keys)
            .Where(path => path.StartsWith("irsa_roles.", StringComparison.Ordinal))
            .Select(path => path["irsa_roles.".Length..]);

    /// <summary>Reports mappings and values for what is no fact.</summary>
    public void CheckKeys()
    {
        foreach (var (kind, entries) in new[] { ("mapping", _mapping), ("value", _values) })
        {
            foreach (var (path, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                if (OutputCatalogue.Find(path) is null && !IsRole(path))
                    problems.Add(ContextDiagnostics.UnknownFact(path, value.Source.Place, kind));
            }
        }
    }

    public FactFinding Find(FactSection section, FactDefinition fact)
    {
        if (FindNamed(fact.Path, fact.Shape) is { } named) return named;
        return fact.Shape == FactShape.Repositories ? FactFinding.None(null) : FindConventional(section, fact);
    }

    /// <summary>By fixed value or mapping; null when there is neither.</summary>
    public FactFinding? FindNamed(string path, FactShape shape)
    {
        if (_values.TryGetValue(path, out var fixedValue))
        {
            if (fixedValue.IsUnknown) return FactFinding.None(null);
            var reading = FactShapes.Read(shape, fixedValue.Content);
            if (reading.Problem is null) return FactFinding.Of(reading, fixedValue.Source);
            problems.Add(ContextDiagnostics.BadValue(path, fixedValue, reading.Problem));
            return FactFinding.Failure;
        }

        return _mapping.TryGetValue(path, out var mapping) && mapping.TryGet(out var text) ? FindMapped(path, shape, mapping, text) : null;
    }

    /// <summary>Reports a problem that an unknown value can stand for.</summary>
    public FactFinding Fail(Diagnostic problem)
    {
        problems.Add(request.AllowUnknown ? problem with { Severity = Severity.Warning } : problem);
        return FactFinding.Failure;
    }

    private FactFinding FindMapped(string path, FactShape shape, Value<string> mapping, string text)
    {
        if (TerraformPath.Parse(text, out var problem) is not { } parsed)
        {
            problems.Add(ContextDiagnostics.BadPath(path, mapping, problem!));
            return FactFinding.Failure;
        }

        var found = new List<TerraformValue>();
        Diagnostic? missing = null;
        foreach (var source in search.Sources.Where(source => parsed.Source is null || source.Label == parsed.Source))
        {
            if (!source.Values.TryGetValue(parsed.Segments[0].Name, out var output)) continue;
            var walk = output.Walk(parsed.Segments, 1);
            if (walk.Found is { Kind: not TerraformValueKind.Null } value) found.Add(value);
            else missing = ContextDiagnostics.NotFound(path, mapping, Explain(walk), "map it to a path that exists");
        }

        if (found.Count == 0) return Fail(missing ?? NoSuchOutput(path, mapping, parsed));
        return Choose(path, shape, found, mapping);
    }

    private FactFinding Choose(string path, FactShape shape, List<TerraformValue> found, Value<string> mapping)
    {
        if (found.Find(value => value.IsSensitive) is { } secret) return Fail(ContextDiagnostics.Sensitive(path, secret));
        var readings = found.ConvertAll(value => (Value: value, Reading: FactShapes.Read(shape, value)));
        if (readings.Find(reading => reading.Reading.Problem is not null) is { Reading: { Problem: { } wrong } } bad)
        {
            var fact = OutputCatalogue.Find(path) ?? new FactDefinition(path, shape) { NeededBy = ["base/rbac/service-accounts.yaml"] };
            return Fail(ContextDiagnostics.Mistyped(fact, bad.Value, wrong, needs.FilesOf(fact)) with { Fix = $"map {path} to another path than '{mapping}'" });
        }

        var differing = readings.Find(reading => reading.Reading.Text != readings[0].Reading.Text);
        if (differing.Value is not null) return Fail(ContextDiagnostics.Ambiguous(path, readings[0].Value, differing.Value, search.Sources));
        return FactFinding.Of(readings[0].Reading, readings[0].Value.Source);
    }

    /// <summary>By names deeper inside the outputs, then by what a value holds; what does not fit there is passed over.</summary>
    public FactFinding FindNested(FactSection section, FactDefinition fact) =>
        Pick(fact, search.NestedCandidates(section, fact).Strong)
        ?? (fact.Form is { } form ? Pick(fact, search.FormCandidates(form).Strong) : null)
        ?? FactFinding.None(null);

    private FactFinding FindConventional(FactSection section, FactDefinition fact)
    {
        var candidates = search.Candidates(section, fact);
        if ((Pick(fact, candidates.Strong) ?? Pick(fact, candidates.Weak)) is { } finding) return finding;
        if (candidates.Strong.Count == 0) return FactFinding.None(candidates);
        foreach (var value in candidates.Strong)
        {
            if (value.IsSensitive) Fail(ContextDiagnostics.Sensitive(fact.Path, value));
            else Fail(ContextDiagnostics.Mistyped(fact, value, FactShapes.Read(fact.Shape, value).Problem!, needs.FilesOf(fact)));
        }

        return FactFinding.Failure;
    }

    // Null when nothing fits; a failure when what fits is sensitive, or differs.
    private FactFinding? Pick(FactDefinition fact, IReadOnlyList<TerraformValue> values)
    {
        var fitting = values.Select(value => (Value: value, Reading: FactShapes.Read(fact.Shape, value))).Where(pair => pair.Reading.Problem is null).ToList();
        var open = fitting.FindAll(pair => !pair.Value.IsSensitive);
        if (open.Count == 0) return fitting.Count == 0 ? null : Fail(ContextDiagnostics.Sensitive(fact.Path, fitting[0].Value));
        var differing = open.Find(pair => pair.Reading.Text != open[0].Reading.Text);
        if (differing.Value is not null) return Fail(ContextDiagnostics.Ambiguous(fact.Path, open[0].Value, differing.Value, search.Sources));
        var withPort = open.Find(pair => pair.Reading.Port is not null).Reading?.Port;
        return FactFinding.Of(open[0].Reading with { Port = withPort }, open[0].Value.Source);
    }

    private Diagnostic NoSuchOutput(string path, Value<string> mapping, TerraformPath parsed)
    {
        if (parsed.Source is { } label && !search.Sources.Any(source => source.Label == label))
        {
            return ContextDiagnostics.NotFound(
                path, mapping, $"there is no Terraform source '{label}'", Suggestion.Fix(label, [.. search.Sources.Select(source => source.Label)]));
        }

        var names = search.Sources.SelectMany(source => source.Values.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var output = parsed.Segments[0].Name;
        return ContextDiagnostics.NotFound(path, mapping, $"there is no output '{output}'", Suggestion.Fix(output, names));
    }

    private static string Explain(TerraformWalk walk) => walk.Missing is { } missing
        ? $"{walk.Last.Address} is {(walk.Last.Inner ?? walk.Last).Describe()} and has no '{missing.Name}'"
        : $"{walk.Last.Address} is null";

    private static bool IsRole(string path) => path.StartsWith("irsa_roles.", StringComparison.Ordinal) && path.Length > "irsa_roles.".Length;

    private static Dictionary<string, Value<string>> Canonical(IReadOnlyDictionary<string, Value<string>> entries)
    {
        var canonical = new Dictionary<string, Value<string>>(StringComparer.Ordinal);
        foreach (var (path, value) in entries) canonical[FactPaths.Canonical(path)] = value;
        return canonical;
    }
}
