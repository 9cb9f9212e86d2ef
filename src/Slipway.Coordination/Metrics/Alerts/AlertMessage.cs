using System.Text;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Metrics.Alerts;

/// <summary>A message template, read once: texts at even places, names of placeholders at odd ones.</summary>
internal sealed class AlertMessage
{
    private readonly List<string> _parts;

    private AlertMessage(List<string> parts) => _parts = parts;

    public static IReadOnlyList<string> Placeholders { get; } =
    [
        "rule_id", "metric_name", "threshold", "operator", "actual_value", "unit", "severity", "timestamp", "correlation_id", "agent_id", "tags",
    ];

    public static AlertMessage Parse(string template) =>
        TryParse(template, out var problem) ?? throw new FormatException(problem);

    public static AlertMessage? TryParse(string template, out string? problem)
    {
        var parts = new List<string>();
        var text = new StringBuilder();
        problem = null;
        for (var at = 0; at < template.Length; at++)
        {
            var sign = template[at];
            var isDoubled = sign is '{' or '}' && at + 1 < template.Length && template[at + 1] == sign;
            if (sign is not ('{' or '}') || isDoubled)
            {
                text.Append(sign);
                if (isDoubled) at++;
                continue;
            }

            var end = sign == '{' ? template.IndexOf('}', at) : -1;
            var name = end < 0 ? null : template[(at + 1)..end];
            if (name is null || !Placeholders.Contains(name, StringComparer.Ordinal))
            {
                problem = name is null ? $"the brace at character {at + 1} has no partner" : $"'{{{name}}}' stands for nothing; known are {string.Join(", ", Placeholders)}";
                return null;
            }

            parts.Add(text.ToString());
            parts.Add(name);
            text.Clear();
            at = end;
        }

        parts.Add(text.ToString());
        return new AlertMessage(parts);
    }

    public string Render(AlertRule rule, Metric metric)
    {
        var text = new StringBuilder();
        for (var i = 0; i < _parts.Count; i++) text.Append(i % 2 == 0 ? _parts[i] : Value(_parts[i], rule, metric));
        return text.ToString();
    }

    private static string? Value(string placeholder, AlertRule rule, Metric metric) => placeholder switch
    {
        "rule_id" => rule.RuleId,
        "metric_name" => metric.Name,
        "threshold" => MetricJson.Text(rule.Threshold),
        "operator" => AlertNames.Of(rule.Operator),
        "actual_value" => MetricJson.Text(metric.Value),
        "unit" => metric.Unit,
        "severity" => AlertNames.Of(rule.Severity),
        "timestamp" => JsonFields.Time(metric.Timestamp),
        "correlation_id" => metric.CorrelationId,
        "agent_id" => metric.AgentId,
        "tags" => string.Join(", ", metric.Tags.Select(tag => $"{tag.Key}={tag.Value}")),
        _ => throw new InvalidOperationException($"The set of placeholders is closed, but '{placeholder}' is another."),
    };
}
