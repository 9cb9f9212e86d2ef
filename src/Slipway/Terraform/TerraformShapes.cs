using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Terraform;

/// <summary>Finds the outputs in whichever JSON of Terraform's this is.</summary>
internal static class TerraformShapes
{
    private const int StateVersion = 4;

    private static readonly HashSet<string> WrapperKeys = new(StringComparer.Ordinal) { "sensitive", "type", "value", "description", "deprecated" };

    public static SortedDictionary<string, TerraformValue>? Read(TerraformDocument document, ICollection<Diagnostic> problems)
    {
        var names = document.Names.ToHashSet(StringComparer.Ordinal);
        if (names.Contains("encrypted_data"))
        {
            problems.Add(TerraformDiagnostics.StateVersion(
                document.Label, "this is an encrypted OpenTofu state", "name the directory or a file of `tofu output -json` instead"));
            return null;
        }

        if (document.TypeOf("version") == JsonTokenType.Number && names.Overlaps(["terraform_version", "serial", "lineage", "modules", "resources"]))
            return ReadState(document, problems);
        if (document.TypeOf("format_version") == JsonTokenType.String && names.Overlaps(["values", "planned_values", "terraform_version"]))
            return ReadShow(document, names, problems);

        return ReadOutputs(document);
    }

    private static SortedDictionary<string, TerraformValue>? ReadState(TerraformDocument document, ICollection<Diagnostic> problems)
    {
        var version = document.Read("version", "version")!.Text;
        if (document.TypeOf("backend") == JsonTokenType.StartObject)
        {
            problems.Add(TerraformDiagnostics.StateVersion(
                document.Label,
                "this is the configuration of a backend, not a state: the state lies in the backend",
                "name the Terraform directory, or a file of `terraform output -json`"));
            return null;
        }

        if (version != "4")
        {
            var older = int.TryParse(version, out var number) && number < StateVersion;
            problems.Add(TerraformDiagnostics.StateVersion(
                document.Label,
                $"the state has version {version}; version {StateVersion} is read",
                older
                    ? "run `terraform apply -refresh-only` with Terraform 1.x (coming from 0.11, `apply` with 0.12 and 0.13 first): it writes version 4; "
                      + "or name a file of `terraform output -json`"
                    : "name a file of `terraform output -json` instead"));
            return null;
        }

        if (document.TypeOf("outputs") == JsonTokenType.None) return Empty();
        return ReadWrapped(document, document.Read("outputs", "output")!, problems);
    }

    private static SortedDictionary<string, TerraformValue>? ReadShow(
        TerraformDocument document, HashSet<string> names, ICollection<Diagnostic> problems)
    {
        if (names.Contains("planned_values"))
        {
            problems.Add(TerraformDiagnostics.StateVersion(
                document.Label,
                "this is a plan; what it will make is not known yet",
                "apply it, then name the Terraform directory or a file of `terraform output -json`"));
            return null;
        }

        return document.Read("values", "values")?.Member("outputs") is { } outputs ? ReadWrapped(document, outputs, problems) : Empty();
    }

    private static SortedDictionary<string, TerraformValue> ReadOutputs(TerraformDocument document) =>
        Unwrap(document.Names.Select(name => KeyValuePair.Create(name, document.Read(name, "output." + name)!)));

    private static SortedDictionary<string, TerraformValue>? ReadWrapped(
        TerraformDocument document, TerraformValue container, ICollection<Diagnostic> problems)
    {
        if (container.Kind == TerraformValueKind.Null) return Empty();
        if (container.Kind != TerraformValueKind.Object)
        {
            problems.Add(TerraformDiagnostics.WrongShape(
                document.Label, $"'outputs' is {container.Describe()} where an object is expected", "write the file again", container.Place));
            return null;
        }

        return Unwrap(container.Members);
    }

    // Terraform wraps each output as {sensitive, type, value}; a hand-made file may hold {value} everywhere, or the bare values.
    private static SortedDictionary<string, TerraformValue> Unwrap(IEnumerable<KeyValuePair<string, TerraformValue>> outputs)
    {
        var values = outputs.ToList();
        var areAllWrapped = values.TrueForAll(output => IsWrapper(output.Value));
        var unwrapped = Empty();
        foreach (var (name, value) in values) unwrapped[name] = Unwrap(value, name, areAllWrapped);
        return unwrapped;
    }

    private static bool IsWrapper(TerraformValue value) =>
        value.Member("value") is not null && value.Members.All(member => WrapperKeys.Contains(member.Key));

    private static TerraformValue Unwrap(TerraformValue value, string name, bool areAllWrapped)
    {
        var address = TerraformPath.Append("output", name);
        var isWrapped = IsWrapper(value) && (areAllWrapped || (value.Member("sensitive") ?? value.Member("type")) is not null);
        var sensitive = SensitiveNames.Matches(name) || (isWrapped && value.Member("sensitive") is { Text: "true" });
        return (isWrapped ? value.Member("value")! : value).Readdress(address, sensitive);
    }

    private static SortedDictionary<string, TerraformValue> Empty() => new(StringComparer.Ordinal);
}
