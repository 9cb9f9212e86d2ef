using System.Globalization;
using Slipway.Documents;
using Slipway.Kubernetes.Formats;
using Slipway.Kubernetes.Schemas;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>A part of an object that a rule looks at.</summary>
internal readonly record struct RuleContext(FindingList Findings, ManifestObject Item, MappingNode Node, NodePath Path, KubernetesVersion Version)
{
    /// <summary>Reports at a field of the part unless the check holds.</summary>
    public void Require(bool holds, string code, string field, string summary, string fix) => Findings.Require(holds, code, Item, Path[field], summary, fix);

    /// <summary>Reports at the part itself unless the check holds.</summary>
    public void Require(bool holds, string code, string summary, string fix) => Findings.Require(holds, code, Item, Path, summary, fix);

    /// <summary>Reports a number that is no port.</summary>
    /// <param name="field">The field.</param>
    /// <param name="least">1, or 0 where that means the same as leaving the field out.</param>
    public void RequirePort(string field, int least = 1)
    {
        if (Number(field) is { } number) Require(number >= least && number <= 65535, Codes.PortRange, field, $"{number} is no port", "choose one from 1 to 65535");
    }

    /// <summary>Reports a port that is none, by number or by name.</summary>
    public void RequirePortOrName(string field, int least = 1)
    {
        RequirePort(field, least);
        if (Node[field] is ScalarNode { Kind: ScalarKind.String } scalar) Require(Names.IsPortName(scalar.Text), Codes.BadName, field, $"'{scalar.Text}' is no name for a port", "use at most 15 lower case letters, digits and '-', with a letter");
    }

    /// <summary>Reports fields of which only one may be there, or, with <paramref name="needed"/>, exactly one.</summary>
    public void RequireOne(bool needed, params ReadOnlySpan<string> fields)
    {
        string? first = null;
        var node = Node;
        foreach (var field in fields)
        {
            if (node[field] is null or ScalarNode { Kind: ScalarKind.Null }) continue;
            if (first is not null)
            {
                Findings.Error(Codes.ExclusiveFields, Item, Path[field], $"'{first}' and '{field}' exclude each other", "keep one of the two");
                return;
            }

            first = field;
        }

        if (needed && first is null)
            Findings.Error(Codes.ExclusiveFields, Item, Path, $"one of {string.Join(", ", fields.ToArray())} is needed", "add one of them");
        Findings.Count(1);
    }

    /// <summary>Reports items of a list that have the same value in a field.</summary>
    public void RequireUnique(string list, string field, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        RequireUnique(list, field, what, seen);
    }

    /// <summary>Reports items of a list whose value in a field was seen before.</summary>
    public void RequireUnique(string list, string field, string what, HashSet<string> seen)
    {
        if (Node.Sequence(list) is not { } items) return;
        for (var at = 0; at < items.Count; at++)
        {
            if ((items[at] as MappingNode)?.Text(field) is not { } value) continue;
            Findings.Require(seen.Add(value), Codes.DuplicateItem, Item, Path[list][at][field], $"the {what} '{value}' stands twice", "remove or rename one of the two");
        }
    }

    /// <summary>Reports text that should be a percentage and is none.</summary>
    public void RequirePercentage(string field, int most = 100)
    {
        if (Node[field] is not ScalarNode { Kind: ScalarKind.String, Text: var text }) return;
        var fits = text.EndsWith('%') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most;
        Require(fits, Codes.OutOfRange, field, $"'{text}' is neither a number nor a percentage{(most == 100 ? " up to 100%" : "")}", "write 1 or 50%");
    }

    /// <summary>Reports a number below a limit.</summary>
    public void RequireAtLeast(string field, long least)
    {
        if (Number(field) is { } number) Require(number >= least, Codes.OutOfRange, field, $"{number} is too small", $"write at least {least}");
    }

    /// <summary>The whole number in a field, or null.</summary>
    public long? Number(string field) =>
        Node[field] is ScalarNode { Kind: ScalarKind.Integer } scalar && PlainScalars.TryParseInteger(scalar.Text, out var number) ? number : null;
}
