using Slipway.Coordination.Diagnostics;

namespace Slipway.Terraform;

/// <summary>What can be wrong with a source of Terraform outputs.</summary>
internal static class TerraformDiagnostics
{
    public static Diagnostic NoSuchSource(string label, string what) => Problem(
        "SLW1101", label, $"there is no {what} '{label}'", "name an existing file of `terraform output -json`, a state file, or a Terraform directory");

    public static Diagnostic Unreadable(string label, string reason) => Problem(
        "SLW1101", label, $"the file cannot be read: {reason}", "check the path and its permissions");

    public static Diagnostic ProgramMissing(string label) => Problem(
        "SLW1102",
        label,
        "neither terraform nor tofu is on PATH",
        "install Terraform, or run `terraform output -json > outputs.json` where it is installed and name that file instead of the directory");

    public static Diagnostic NotInitialised(string label) => Problem(
        "SLW1103", label, "the Terraform directory is not initialised", $"run `terraform -chdir={label} init`, then try again");

    public static Diagnostic CommandFailed(string label, string program, int exitCode, string error) => Problem(
        "SLW1104",
        label,
        $"`{program} output -json` ended with exit code {exitCode}",
        $"run `{program} -chdir={label} output -json` to see the whole message and mend what it names",
        FirstLines(error));

    public static Diagnostic NotJson(string label, string summary, string fix, SourcePlace? place = null, string? detail = null) =>
        Problem("SLW1105", label, summary, fix, detail) with { Place = place ?? new SourcePlace(label) };

    public static Diagnostic TooLarge(string label, long size) => Problem(
        "SLW1106",
        label,
        $"the file has {size / (1024 * 1024)} MiB; at most {TerraformFile.MaximumSize / (1024 * 1024)} MiB are read",
        "name the file of `terraform output -json`, which holds the outputs alone");

    public static Diagnostic StateVersion(string label, string summary, string fix) => Problem("SLW1107", label, summary, fix);

    public static Diagnostic WrongShape(string label, string summary, string fix, SourcePlace? place = null) =>
        Problem("SLW1108", label, summary, fix) with { Place = place ?? new SourcePlace(label) };

    public static Diagnostic NoOutputs(string label, string program) => Problem(
        "SLW1109",
        label,
        "there are no outputs",
        $"declare `output` blocks in the root module and run `{program} apply`; after `destroy`, or before the first apply, there are none");

    private static Diagnostic Problem(string code, string label, string summary, string fix, string? detail = null) => new()
    {
        Code = code,
        Summary = summary,
        Detail = detail,
        Place = new SourcePlace(label),
        Fix = fix,
    };

    private static string? FirstLines(string error)
    {
        const int Shown = 6;
        var lines = error.Split('\n').Select(line => line.Trim(' ', '\t', '\r', '│', '╷', '╵')).Where(line => line.Length > 0).Take(Shown);
        var text = string.Join(' ', lines);
        return text.Length == 0 ? null : text;
    }
}
