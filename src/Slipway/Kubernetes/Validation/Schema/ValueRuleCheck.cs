using System.Globalization;
using Slipway.Documents;
using Slipway.Kubernetes.Schemas.Rules;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Reports what of a value breaks the rules of its custom kind, each rule by itself.</summary>
internal sealed class ValueRuleCheck(FindingList findings, ManifestObject item)
{
    public void Check(ValueRules rules, Node value, NodePath path)
    {
        findings.Count(1);
        if (value is ScalarNode scalar) CheckScalar(rules, scalar, path);
        else if (value is SequenceNode list) CheckList(rules, list, path);
        else if (value is MappingNode mapping) CheckSize(rules.Entries, mapping.Count, "entries", path);
        CheckAlternatives(rules, value, path);
    }

    private void CheckScalar(ValueRules rules, ScalarNode scalar, NodePath path)
    {
        if (Platform.UnknownMarker.Find(scalar.Text) is not null) return;
        if (!RuleMatch.FitsValues(rules, scalar))
            findings.Error(Codes.NotAllowedValue, item, path, $"'{scalar.Text}' is not allowed here; one of {string.Join(", ", rules.Values!)} is", "choose one of them");
        if (scalar.Kind == ScalarKind.String)
        {
            if (rules.Pattern?.Matches(scalar.Text) == false)
                findings.Error(Codes.NotAllowedValue, item, path, $"'{scalar.Text}' does not fit the pattern {rules.Pattern.Text}", "write it as the pattern demands");
            if (!RuleMatch.FitsFormat(rules.Format, scalar.Text))
                findings.Error(Codes.NotAllowedValue, item, path, $"'{scalar.Text}' does not have the format {rules.Format}", $"write it in the format {rules.Format}");
            CheckSize(rules.Length, RuleMatch.LengthOf(scalar.Text), "characters", path);
        }
        else if (RuleMatch.Number(scalar) is { } number)
        {
            CheckNumber(rules, number, path);
        }
    }

    private void CheckNumber(ValueRules rules, decimal number, NodePath path)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        if (!RuleMatch.IsAbove(rules.Minimum, number))
            findings.Error(Codes.OutOfRange, item, path, $"{text} is too small", string.Create(CultureInfo.InvariantCulture, $"write {(rules.Minimum!.Value.Excluded ? "more than" : "at least")} {rules.Minimum.Value.Limit}"));
        if (!RuleMatch.IsBelow(rules.Maximum, number))
            findings.Error(Codes.OutOfRange, item, path, $"{text} is too large", string.Create(CultureInfo.InvariantCulture, $"write {(rules.Maximum!.Value.Excluded ? "less than" : "at most")} {rules.Maximum.Value.Limit}"));
        if (rules.MultipleOf is { } step && number % step != 0)
            findings.Error(Codes.OutOfRange, item, path, string.Create(CultureInfo.InvariantCulture, $"{text} is no multiple of {step}"), "write a multiple");
        if (rules.Format == "int32" && number is < int.MinValue or > int.MaxValue)
            findings.Error(Codes.OutOfRange, item, path, $"{text} does not fit into 32 bits", "write a smaller number");
    }

    private void CheckList(ValueRules rules, SequenceNode list, NodePath path)
    {
        CheckSize(rules.Items, list.Count, "items", path);
        if (rules.Keys is null) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < list.Count; at++)
        {
            var name = list[at] switch
            {
                ScalarNode scalar => scalar.Text,
                MappingNode entry when rules.Keys.Count > 0 && rules.Keys.All(entry.Has) => string.Join(", ", rules.Keys.Select(entry.Text)),
                _ => null,
            };
            if (name is not null && !seen.Add(name)) findings.Error(Codes.DuplicateItem, item, path[at], $"'{name}' stands twice in a list that holds each only once", "remove or rename one of the two");
        }
    }

    private void CheckSize(SizeRange range, int number, string what, NodePath path)
    {
        if (!range.Holds(number))
            findings.Error(Codes.OutOfRange, item, path, string.Create(CultureInfo.InvariantCulture, $"{number} {what} are too {(number < range.Least ? "few" : "many")}"), $"write {range}");
    }

    private void CheckAlternatives(ValueRules rules, Node value, NodePath path)
    {
        foreach (var rule in rules.AllOf.Where(rule => !RuleMatch.Fits(rule, value)))
        {
            if (rule.Required.Count + rule.Fields.Count == 0) Check(rule, value, path);
            else findings.Error(Codes.ExclusiveFields, item, path, $"its kind asks for this form: {Describe([rule])}", "give it that form");
        }

        if (rules.AnyOf.Count > 0 && !rules.AnyOf.Any(rule => RuleMatch.Fits(rule, value)))
            findings.Error(Codes.ExclusiveFields, item, path, $"the value has none of the {rules.AnyOf.Count} forms that its kind allows: {Describe(rules.AnyOf)}", "give it one of these forms");
        var fitting = rules.OneOf.Count(rule => RuleMatch.Fits(rule, value));
        if (rules.OneOf.Count > 0 && fitting != 1)
            findings.Error(Codes.ExclusiveFields, item, path, $"the value must have exactly one of these forms and has {(fitting == 0 ? "none" : "several")}: {Describe(rules.OneOf)}", fitting == 0 ? "give it one of them" : "keep one of them");
        if (rules.Not is { } not && RuleMatch.Fits(not, value))
            findings.Error(Codes.ExclusiveFields, item, path, $"its kind forbids this form: {Describe([not])}", "change it");
    }

    private static string Describe(IReadOnlyList<ValueRules> rules) => string.Join("; or ", rules.Select(Describe));

    private static string Describe(ValueRules rules)
    {
        var parts = new List<string>();
        if (rules.Type is { } type) parts.Add($"of type {type}");
        if (rules.Required.Count > 0) parts.Add($"with {string.Join(", ", rules.Required.Select(field => $"'{field}'"))}");
        if (rules.Values is { } values) parts.Add($"one of {string.Join(", ", values)}");
        if (rules.Pattern is { } pattern) parts.Add($"like {pattern.Text}");
        if (rules.Format is { } format) parts.Add($"in the format {format}");
        if (rules.Minimum is { } minimum) parts.Add(string.Create(CultureInfo.InvariantCulture, $"from {minimum.Limit}"));
        if (rules.Maximum is { } maximum) parts.Add(string.Create(CultureInfo.InvariantCulture, $"to {maximum.Limit}"));
        foreach (var (name, field) in rules.Fields.Where(field => Describe(field.Value).Length > 0)) parts.Add($"'{name}' {Describe(field)}");
        if (rules.AnyOf.Count > 0) parts.Add($"({Describe(rules.AnyOf)})");
        if (rules.AllOf.Count > 0) parts.Add($"({string.Join(" and ", rules.AllOf.Select(Describe))})");
        if (rules.Not is { } not) parts.Add($"not {Describe(not)}");
        return string.Join(" and ", parts);
    }
}
