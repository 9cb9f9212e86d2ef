using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Kubernetes.Validation.Reporting;

/// <summary>Writes a report as JSON, the shape of <c>slipway validate -o json</c>.</summary>
public static class ReportJson
{
    /// <summary>The options of all reports: indented by two spaces, LF, text as it is.</summary>
    internal static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a report.</summary>
    /// <returns>One JSON object and a line end. Times are in milliseconds, the only part that differs from run to run.</returns>
    public static string Write(ValidationReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("directory", report.Directory);
            json.WriteString("kubernetesVersion", report.KubernetesVersion.ToString());
            json.WriteBoolean("succeeded", report.Succeeded);
            json.WriteStartArray("roots");
            foreach (var root in report.Roots) json.WriteStringValue(root);
            json.WriteEndArray();
            json.WriteStartArray("rungs");
            foreach (var rung in report.Rungs) WriteRung(json, rung);
            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (var finding in report.Findings) WriteFinding(json, finding);
            json.WriteEndArray();
            WriteKinds(json, "kindsNotChecked", report.KindsNotChecked);
            WriteKinds(json, "rulesNotChecked", report.RulesNotChecked);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The name of a rung in reports: <c>yaml</c>, <c>schema</c>, <c>references</c>, <c>policy</c>, <c>build</c>, <c>server</c>.</summary>
    public static string NameOf(Rung rung) => rung.ToString().ToLowerInvariant();

    /// <summary>The name of a status in reports: <c>passed</c>, <c>failed</c>, <c>incomplete</c>, <c>not-run</c>.</summary>
    public static string NameOf(RungStatus status) => status == RungStatus.NotRun ? "not-run" : status.ToString().ToLowerInvariant();

    private static void WriteKinds(Utf8JsonWriter json, string name, IReadOnlyList<UncheckedKind> kinds)
    {
        json.WriteStartArray(name);
        foreach (var kind in kinds)
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", kind.ApiVersion);
            json.WriteString("kind", kind.Kind);
            json.WriteNumber("objects", kind.Objects);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRung(Utf8JsonWriter json, RungReport rung)
    {
        json.WriteStartObject();
        json.WriteNumber("number", (int)rung.Rung);
        json.WriteString("name", NameOf(rung.Rung));
        json.WriteString("status", NameOf(rung.Status));
        if (rung.Reason is not null) json.WriteString("reason", rung.Reason);
        json.WriteNumber("files", rung.Files);
        json.WriteNumber("objects", rung.Objects);
        json.WriteNumber("checks", rung.Checks);
        json.WriteNumber("errors", rung.Errors);
        json.WriteNumber("warnings", rung.Warnings);
        json.WriteNumber("durationMs", Math.Round(rung.Duration.TotalMilliseconds, 1));
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Diagnostic finding)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("summary", finding.Summary);
        if (finding.Detail is not null) json.WriteString("detail", finding.Detail);
        if (finding.Place?.File is { } file) json.WriteString("file", file);
        if (finding.Place?.Line is { } line) json.WriteNumber("line", line);
        if (finding.Place?.Column is { } column) json.WriteNumber("column", column);
        if (finding.Place?.Path is { Length: > 0 } path) json.WriteString("path", path);
        if (finding.Fix is not null) json.WriteString("fix", finding.Fix);
        json.WriteEndObject();
    }
}
