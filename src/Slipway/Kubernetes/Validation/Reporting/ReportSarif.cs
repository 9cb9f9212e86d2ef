using System.Text;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Validation.Reporting;

/// <summary>Writes a report as SARIF 2.1.0, which code hosts show beside the lines.</summary>
public static class ReportSarif
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="toolVersion">The version of Slipway.</param>
    /// <param name="helpUri">The address of the explanation of codes; the code is put behind it in lower case, after '#'.</param>
    /// <param name="prefix">What stands before each file so that it is relative to the repository, such as <c>out/k8s-manifests</c>.</param>
    /// <returns>One JSON object and a line end. The same findings give the same bytes.</returns>
    public static string Write(ValidationReport report, string toolVersion, Uri? helpUri = null, string prefix = "")
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, ReportJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            var rules = report.Findings.Select(finding => finding.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            WriteTool(json, rules, toolVersion, helpUri);
            json.WriteString("columnKind", "unicodeCodePoints");
            json.WriteStartArray("results");
            foreach (var finding in report.Findings) WriteResult(json, finding, rules.IndexOf(finding.Code), prefix);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteTool(Utf8JsonWriter json, List<string> rules, string toolVersion, Uri? helpUri)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "slipway");
        json.WriteString("semanticVersion", toolVersion);
        json.WriteStartArray("rules");
        foreach (var code in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            if (helpUri is not null) json.WriteString("helpUri", $"{helpUri}#{code.ToLowerInvariant()}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Diagnostic finding, int rule, string prefix)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
        json.WriteStartObject("message");
        json.WriteString("text", Text(finding));
        json.WriteEndObject();
        if (finding.Place?.File is { } file)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", Uri.EscapeDataString(prefix.Length == 0 ? file : $"{prefix.TrimEnd('/')}/{file}").Replace("%2F", "/", StringComparison.Ordinal));
            json.WriteEndObject();
            json.WriteStartObject("region");
            json.WriteNumber("startLine", Math.Max(1, finding.Place.Line ?? 1));
            if (finding.Place.Column is > 0 and var column) json.WriteNumber("startColumn", column);
            json.WriteEndObject();
            json.WriteEndObject();
            if (finding.Place.Path is { Length: > 0 } path)
            {
                json.WriteStartArray("logicalLocations");
                json.WriteStartObject();
                json.WriteString("fullyQualifiedName", path);
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Text(Diagnostic finding)
    {
        var text = new StringBuilder(finding.Summary);
        if (finding.Detail is not null) text.Append("; ").Append(finding.Detail);
        text.Append('.');
        if (finding.Fix is not null) text.Append(" Fix: ").Append(finding.Fix).Append('.');
        return text.ToString();
    }
}
