using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;
using Slipway.Platform;
using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>What can be wrong with a fact.</summary>
internal static class ContextDiagnostics
{
    private const string Configuration = "slipway.yaml";

    public static Diagnostic Missing(FactDefinition fact, OutputCandidates? candidates, IReadOnlyList<string> neededBy, IReadOnlyList<TerraformOutputs> sources)
    {
        var empty = candidates is { Empty: [var first, ..] } ? $"; {first.Address} is {first.Describe()}" : "";
        return new Diagnostic
        {
            Code = "SLW1111",
            Summary = $"no output gives {fact.Path}{empty}",
            Detail = $"needed by {string.Join(", ", neededBy)}; looked for {LookedFor(fact)}",
            Place = sources is [var only] ? new SourcePlace(only.Label) : null,
            Fix = $"add one of these outputs, or in {Configuration} write `mapping: {{{fact.Path}: <output>.<path>}}` or `values: {{{fact.Path}: <value>}}`",
        };
    }

    public static Diagnostic Mistyped(FactDefinition fact, TerraformValue value, string problem, IReadOnlyList<string> neededBy) => new()
    {
        Code = "SLW1112",
        Summary = $"{value.Address}, taken for {fact.Path}, {problem}",
        Detail = $"needed by {string.Join(", ", neededBy)}",
        Place = value.Place,
        Fix = $"mend the output, or in {Configuration} write `mapping: {{{fact.Path}: <output>.<path>}}`",
    };

    public static Diagnostic Ambiguous(string path, TerraformValue first, TerraformValue second, IReadOnlyList<TerraformOutputs> sources)
    {
        var sameAddress = first.Address == second.Address;
        var (one, other) = sameAddress ? ($"{first.Address} of {first.Place.File}", $"{second.Address} of {second.Place.File}") : (first.Address, second.Address);
        var prefix = sameAddress || sources.Count > 1 ? $"{first.Place.File}:" : "";
        return new Diagnostic
        {
            Code = "SLW1113",
            Summary = $"{one} and {other} both may be {path} and differ",
            Place = second.Place,
            Fix = $"in {Configuration} write `mapping: {{{path}: \"{prefix}{first.Address["output.".Length..].Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}`, or the other one",
        };
    }

    public static Diagnostic Sensitive(string path, TerraformValue value) => new()
    {
        Code = "SLW1114",
        Summary = $"{value.Address} is sensitive and cannot be {path}, which is written to files",
        Place = value.Place,
        Fix = $"make an output of its own for it with `value = nonsensitive(…)`, or in {Configuration} map {path} to another output, or write `values: {{{path}: <value>}}`",
    };

    public static Diagnostic UnknownFact(string path, SourcePlace? place, string kind) => new()
    {
        Code = "SLW1115",
        Summary = $"a {kind} is given for '{path}', which is no fact",
        Place = place,
        Fix = Suggestion.Fix(path, [.. OutputCatalogue.Sections.SelectMany(section => section.Facts).Select(fact => fact.Path)]),
    };

    public static Diagnostic BadPath(string path, Value<string> mapping, string problem) => new()
    {
        Code = "SLW1116",
        Summary = $"the mapping '{mapping}' of {path} is no path: {problem}",
        Place = mapping.Source.Place,
        Fix = "write <output>.<member>[<index>], and names with other characters as [\"name\"]",
    };

    public static Diagnostic NotFound(string path, Value<string> mapping, string reason, string fix) => new()
    {
        Code = "SLW1117",
        Summary = $"the mapping '{mapping}' of {path} leads nowhere: {reason}",
        Place = mapping.Source.Place,
        Fix = fix,
    };

    public static Diagnostic BadValue(string path, Value<string> value, string problem) => new()
    {
        Code = "SLW1118",
        Summary = $"the value of {path} {problem}",
        Place = value.Source.Place,
        Fix = "mend it, or remove it to take the output",
    };

    public static Diagnostic DerivedRole(string path, string arn) => new()
    {
        Code = "SLW1119",
        Severity = Severity.Info,
        Summary = $"no output gives {path}; {arn} is taken by the naming rule",
        Detail = "needed by base/rbac/service-accounts.yaml",
        Fix = $"make the role of that name (see iam/), or map {path}",
    };

    private static string LookedFor(FactDefinition fact)
    {
        const int Shown = 6;
        var section = OutputCatalogue.Sections.FirstOrDefault(candidate => candidate.Name == OutputCatalogue.SectionOf(fact.Path));
        var names = new List<string>(fact.Names);
        names.AddRange(fact.SharedNames.Keys.Order(StringComparer.Ordinal));
        if (section is not null && fact.Attributes.Count > 0)
        {
            foreach (var group in section.Groups.Take(2)) names.Add($"{group}_{fact.Attributes[0]}");
            names.Add($"{section.Groups[0]}.{fact.Attributes[0]}");
        }

        var distinct = names.Distinct(StringComparer.Ordinal).ToList();
        var more = distinct.Count > Shown ? ", …" : "";
        return $"{string.Join(", ", distinct.Take(Shown))}{more} (all names: docs/terraform-outputs.md)";
    }
}
