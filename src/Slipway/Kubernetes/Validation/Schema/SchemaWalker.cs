using System.Globalization;
using Slipway.Coordination.Diagnostics;
using Slipway.Documents;
using Slipway.Documents.Reading;
using Slipway.Kubernetes.Formats;
using Slipway.Kubernetes.Schemas;

namespace Slipway.Kubernetes.Validation.Schema;

/// <summary>Walks an object along the schema of its kind.</summary>
internal sealed class SchemaWalker(SchemaCatalog catalog, FindingList findings)
{
    private readonly TypeRules _rules = new(catalog.Version, findings);

    /// <summary>Checks an object.</summary>
    /// <param name="item">The object.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="partial">True for a patch: nothing is required of it.</param>
    public void Walk(ManifestObject item, KindSchema kind, bool partial)
    {
        var misspelt = WalkObject(item, item.Node, NodePath.Root, catalog.Type(kind.TypeName), partial);
        if (!partial && kind.Rules is { } rules) new ValueRuleCheck(findings, item).Check(rules, item.Node, NodePath.Root);
        if (partial || kind.TypeName.StartsWith("kustomize.", StringComparison.Ordinal)) return;
        if (misspelt?.Contains("metadata") != true) IdentityRules.Check(findings, item, kind);
    }

    // Gives the fields that were probably meant by those that do not exist, so that these are not reported as missing too.
    private HashSet<string>? WalkObject(ManifestObject item, MappingNode node, NodePath path, TypeSchema type, bool partial)
    {
        HashSet<string>? misspelt = null;
        foreach (var entry in node)
        {
            if (type.Fields.TryGetValue(entry.Key, out var field)) WalkValue(item, entry.Value, path[entry.Key], field.Type, partial);
            else if (type.Additional is { } additional) WalkValue(item, entry.Value, path[entry.Key], additional, partial);
            else if ((!partial || !entry.Key.StartsWith('$')) && ReportUnknownField(item, entry.Key, path, type) is { } near) (misspelt ??= new(StringComparer.Ordinal)).Add(near);
        }

        findings.Count(node.Count);
        if (partial) return misspelt;
        foreach (var field in type.Fields.Values)
        {
            var isThere = field.Type.Nullable is null ? node[field.Name] is not (null or ScalarNode { Kind: ScalarKind.Null }) : node.Has(field.Name);
            if (!field.Required || isThere || misspelt?.Contains(field.Name) == true) continue;
            findings.Error(Codes.MissingField, item, path[field.Name], $"the field '{field.Name}' is missing", $"add '{field.Name}'");
        }

        _rules.Check(type.Name, item, node, path);
        return misspelt;
    }

    private string? ReportUnknownField(ManifestObject item, string key, NodePath path, TypeSchema type)
    {
        var near = Suggestion.Closest(key, type.Fields.Keys);
        findings.Error(
            Codes.UnknownField,
            item,
            path[key],
            $"the field '{key}' does not exist here",
            near is not null ? $"did you mean '{near}'?" : "remove it, or move it to where it belongs");
        return near;
    }

    private void WalkValue(ManifestObject item, Node value, NodePath path, FieldType type, bool partial)
    {
        if (value is ScalarNode { Kind: ScalarKind.Null })
        {
            if (!partial && type.Nullable == false) ReportType(item, value, path, type);
            return;
        }

        if (FitsShape(item, value, path, type, partial) && !partial && type.Rules is { } rules) new ValueRuleCheck(findings, item).Check(rules, value, path);
    }

    private bool FitsShape(ManifestObject item, Node value, NodePath path, FieldType type, bool partial)
    {
        switch (type.Kind, value)
        {
            case (FieldKind.Any, _):
                return true;
            case (FieldKind.Object, MappingNode mapping):
                WalkObject(item, mapping, path, catalog.Type(type.TypeName!), partial);
                return true;
            case (FieldKind.Map, MappingNode mapping):
                foreach (var entry in mapping) WalkValue(item, entry.Value, path[entry.Key], type.Element!, partial);
                return true;
            case (FieldKind.List, SequenceNode list):
                for (var at = 0; at < list.Count; at++)
                {
                    if (list[at] is ScalarNode { Kind: ScalarKind.Null } && type.Element! is not ({ Kind: FieldKind.Any } or { Nullable: true })) ReportType(item, list[at], path[at], type.Element!);
                    else WalkValue(item, list[at], path[at], type.Element!, partial);
                }

                return true;
            case (not (FieldKind.Object or FieldKind.Map or FieldKind.List), ScalarNode scalar):
                return FitsScalar(item, scalar, path, type);
            default:
                ReportType(item, value, path, type);
                return false;
        }
    }

    private bool FitsScalar(ManifestObject item, ScalarNode scalar, NodePath path, FieldType type)
    {
        var fits = type.Kind switch
        {
            FieldKind.Integer => scalar.Kind == ScalarKind.Integer,
            FieldKind.Number => scalar.Kind is ScalarKind.Integer or ScalarKind.Float,
            FieldKind.Boolean => scalar.Kind == ScalarKind.Boolean,
            FieldKind.Quantity => scalar.Kind is ScalarKind.String or ScalarKind.Integer or ScalarKind.Float,
            FieldKind.IntOrString => scalar.Kind is ScalarKind.String or ScalarKind.Integer,
            _ => scalar.Kind == ScalarKind.String,
        };
        if (!fits)
        {
            ReportType(item, scalar, path, type);
            return false;
        }

        switch (type.Kind)
        {
            case FieldKind.Text when type.Values is { } values && !values.Contains(scalar.Text, StringComparer.Ordinal):
                var near = Suggestion.Closest(scalar.Text, values);
                var choice = string.Join(", ", values.Take(12).Select(allowed => allowed.Length == 0 ? "''" : allowed));
                findings.Error(Codes.NotAllowedValue, item, path, $"'{scalar.Text}' is not allowed here; one of {choice} is", near is { Length: > 0 } ? $"did you mean '{near}'?" : "choose one of them");
                break;
            case FieldKind.Quantity when Quantity.Parse(scalar.Text) is null && Platform.UnknownMarker.Find(scalar.Text) is null:
                findings.Error(Codes.BadQuantity, item, path, $"'{scalar.Text}' is no quantity", Quantity.Advice(scalar.Text));
                break;
            case FieldKind.Time when !DateTimeOffset.TryParse(scalar.Text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _):
                findings.Error(Codes.WrongType, item, path, $"'{scalar.Text}' is no time", "write it as 2026-01-31T12:00:00Z");
                break;
            case FieldKind.Base64 when !IsBase64(scalar.Text):
                findings.Error(Codes.BadEncoding, item, path, "the value is not base64", "encode it, or write the plain text under 'stringData'");
                break;
        }

        return true;
    }

    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[(text.Length * 3 / 4) + 3], out _);

    private void ReportType(ManifestObject item, Node value, NodePath path, FieldType type)
    {
        var expected = type.Kind switch
        {
            FieldKind.Object or FieldKind.Map => "a mapping",
            FieldKind.List => "a list",
            FieldKind.Integer => "a whole number",
            FieldKind.Number => "a number",
            FieldKind.Boolean => "true or false",
            FieldKind.Quantity => "a quantity",
            FieldKind.IntOrString => "a whole number or text",
            _ => "text",
        };
        var found = value switch
        {
            MappingNode => "a mapping",
            SequenceNode => "a list",
            ScalarNode { Kind: ScalarKind.Null } => "nothing",
            ScalarNode { Kind: ScalarKind.Boolean } scalar => $"the truth value {scalar.Text}",
            ScalarNode { Kind: ScalarKind.String } => "text",
            ScalarNode scalar => $"the number {scalar.Text}",
            _ => "something else",
        };
        var fix = (type.Kind, value) switch
        {
            (FieldKind.Text or FieldKind.Time or FieldKind.Base64, ScalarNode scalar) => $"quote it: \"{scalar.Text}\"",
            (FieldKind.Integer or FieldKind.Boolean or FieldKind.Number, ScalarNode { Kind: ScalarKind.String }) => "remove the quotes, or write the value itself",
            (FieldKind.List, _) => "write it as a list, each item with '- '",
            _ => $"write {expected}",
        };
        findings.Error(Codes.WrongType, item, path, $"{expected} is expected, {found} is given", fix);
    }
}
