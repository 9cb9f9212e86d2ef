using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>
/// The JSON form of alert rules: an array of objects with <c>rule_id</c>, <c>metric_name</c>, <c>threshold</c>, <c>operator</c>,
/// <c>severity</c> and, where it is not the default, <c>message_template</c>. Reading is strict.
/// </summary>
public static class AlertRuleJson
{
    private static readonly string[] Fields = ["rule_id", "metric_name", "threshold", "operator", "severity", "message_template"];

    /// <summary>Reads rules.</summary>
    /// <param name="utf8">The array.</param>
    /// <param name="problems">Everything that is wrong: not JSON, a field that is unknown, missing, of another type or out of its range, an id used twice.</param>
    /// <returns>The rules; empty when there are problems.</returns>
    public static IReadOnlyList<AlertRule> Read(ReadOnlyMemory<byte> utf8, out IReadOnlyList<Diagnostic> problems)
    {
        var found = new List<Diagnostic>();
        var rules = new List<AlertRule>();
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.ValueKind is JsonValueKind.Array)
            {
                foreach (var (index, rule) in document.RootElement.EnumerateArray().Index())
                {
                    if (ReadRule(rule, $"[{index}]", found) is { } read) rules.Add(read);
                }
            }
            else
            {
                found.Add(AlertProblems.NotJson($"it is a JSON {document.RootElement.ValueKind.ToString().ToLowerInvariant()}"));
            }
        }
        catch (JsonException exception)
        {
            found.Add(AlertProblems.NotJson(exception.Message, (int?)exception.LineNumber + 1, (int?)exception.BytePositionInLine + 1));
        }

        // Values are judged only where all rules could be read: the paths must be those of the input.
        if (found.Count == 0) found.AddRange(AlertRuleValidator.Check(rules));
        problems = found;
        return found.Count == 0 ? rules : [];
    }

    /// <summary>Writes rules as <see cref="Read"/> reads them.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="rules">The rules.</param>
    public static void Write(IBufferWriter<byte> output, IReadOnlyList<AlertRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        writer.WriteStartArray();
        foreach (var rule in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("rule_id", rule.RuleId);
            writer.WriteString("metric_name", rule.MetricName);
            writer.WriteNumber("threshold", rule.Threshold);
            writer.WriteString("operator", AlertNames.Of(rule.Operator));
            writer.WriteString("severity", AlertNames.Of(rule.Severity));
            if (rule.MessageTemplate != AlertRule.DefaultMessage) writer.WriteString("message_template", rule.MessageTemplate);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static AlertRule? ReadRule(JsonElement json, string path, List<Diagnostic> problems)
    {
        if (json.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(AlertProblems.NotJson($"{path} is no object"));
            return null;
        }

        var before = problems.Count;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject())
        {
            if (!seen.Add(field.Name) || !Fields.Contains(field.Name, StringComparer.Ordinal)) problems.Add(AlertProblems.UnknownField($"{path}.{field.Name}", Fields));
        }

        var id = Text("rule_id");
        var name = Text("metric_name");
        var threshold = Required("threshold") is { } number ? Number(number) : null;
        var comparison = OneOf("operator", AlertNames.Operators);
        var severity = OneOf("severity", AlertNames.Severities);
        var message = seen.Contains("message_template") ? Text("message_template") : AlertRule.DefaultMessage;
        return problems.Count > before ? null : new AlertRule
        {
            RuleId = id!,
            MetricName = name!,
            Threshold = threshold!.Value,
            Operator = (AlertOperator)comparison,
            Severity = (AlertSeverity)severity,
            MessageTemplate = message!,
        };

        JsonElement? Required(string field)
        {
            if (json.TryGetProperty(field, out var value)) return value;
            problems.Add(AlertProblems.MissingField($"{path}.{field}"));
            return null;
        }

        string? Text(string field)
        {
            if (Required(field) is not { } value) return null;
            if (value.ValueKind is JsonValueKind.String) return value.GetString();
            problems.Add(AlertProblems.Value($"{path}.{field}", "it is no text"));
            return null;
        }

        double? Number(JsonElement value)
        {
            if (value.ValueKind is JsonValueKind.Number) return value.GetDouble();
            problems.Add(AlertProblems.Value($"{path}.threshold", "it is no number"));
            return null;
        }

        int OneOf(string field, IReadOnlyList<string> known)
        {
            if (Text(field) is not { } text) return -1;
            for (var i = 0; i < known.Count; i++)
            {
                if (known[i] == text) return i;
            }

            problems.Add(AlertProblems.Value($"{path}.{field}", $"'{text}' is none of {string.Join(", ", known)}"));
            return -1;
        }
    }
}
