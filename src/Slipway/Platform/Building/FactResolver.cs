using Slipway.Context;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents.Reading;

namespace Slipway.Platform.Building;

/// <summary>Puts facts where the inventory refers to them.</summary>
internal sealed class FactResolver(InfrastructureFacts facts, ICollection<Diagnostic> problems)
{
    private static readonly IReadOnlyList<string> Known = [.. OutputCatalogue.Sections.SelectMany(section => section.Facts).Select(fact => fact.Path)];

    /// <summary>The value with its fact put in; any other value as it is.</summary>
    public EntryValue Resolve(EntryValue value)
    {
        if (value is not EntryValue.Fact reference) return value;
        if (FactPaths.Find(facts, reference.Path) is not { } found)
        {
            ReportMissing(reference);
            return new EntryValue.Literal(Value.Unknown<string>(reference.Path, reference.Source));
        }

        if (!found.IsSensitive) return new EntryValue.Literal(found);
        Report(BuilderCodes.SensitiveFact, reference, $"the fact '{reference.Path}' is sensitive, so it may not stand in the clear", "take it from a secret");
        return new EntryValue.Literal(Value.Unknown<string>(reference.Path, reference.Source));
    }

    /// <summary>The name of a secret in the store, with <c>{project}</c> and <c>{environment}</c> filled in.</summary>
    public EntryValue ResolveRemote(EntryValue value)
    {
        if (Resolve(value) is not EntryValue.Literal literal || !literal.Text.TryGet(out var text)) return Resolve(value);
        foreach (var (placeholder, fact) in new[] { ("{project}", facts.Project.Name), ("{environment}", facts.Project.Environment) })
        {
            if (!text.Contains(placeholder, StringComparison.Ordinal)) continue;
            if (!fact.TryGet(out var content)) return new EntryValue.Literal(fact);
            text = text.Replace(placeholder, content, StringComparison.Ordinal);
        }

        return new EntryValue.Literal(Value.Known(text, literal.Text.Source));
    }

    private void ReportMissing(EntryValue.Fact reference)
    {
        if (Known.Contains(FactPaths.Canonical(reference.Path), StringComparer.Ordinal))
        {
            Report(
                BuilderCodes.AbsentFact,
                reference,
                $"the platform has no fact '{reference.Path}', since Terraform gives none",
                $"in slipway.yaml write `mapping: {{{reference.Path}: <path of the output>}}` or `values: {{{reference.Path}: <value>}}`");
            return;
        }

        var close = Suggestion.Near(reference.Path, Known.Concat(facts.IrsaRoles.Keys.Select(role => $"irsa_roles.{role}")), 3);
        Report(
            BuilderCodes.UnknownFact,
            reference,
            $"there is no fact '{reference.Path}'",
            close.Count > 0 ? $"did you mean {string.Join(" or ", close.Select(name => $"'{name}'"))}?" : "use one of those in docs/terraform-outputs.md");
    }

    private void Report(string code, EntryValue.Fact reference, string summary, string fix) =>
        problems.Add(new Diagnostic { Code = code, Summary = summary, Place = reference.Source.Place, Fix = fix });
}
