using System.Text;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;

namespace Slipway.Terraform;

/// <summary>The top level of a JSON text: its keys and where their values start. Values are built only when asked for.</summary>
internal sealed class TerraformDocument
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly TextLines _lines;
    private readonly string _label;
    private readonly ICollection<Diagnostic> _problems;
    private readonly List<(string Name, JsonTokenType Type, int Start)> _members = [];

    private TerraformDocument(ReadOnlyMemory<byte> json, string label, bool isFile, ICollection<Diagnostic> problems)
    {
        _json = json;
        _lines = new TextLines(label, json, isFile);
        _label = label;
        _problems = problems;
    }

    public string Label => _label;

    public IEnumerable<string> Names => _members.Select(member => member.Name);

    /// <summary>Scans the whole text once, so that it is known to be valid.</summary>
    public static TerraformDocument? Scan(ReadOnlyMemory<byte> json, string label, bool isFile, ICollection<Diagnostic> problems)
    {
        var document = new TerraformDocument(json, label, isFile, problems);
        return document.Scan() ? document : null;
    }

    public JsonTokenType TypeOf(string name)
    {
        foreach (var member in _members)
        {
            if (member.Name == name) return member.Type;
        }

        return JsonTokenType.None;
    }

    /// <summary>Builds the value of a key, or returns null when the key is not there.</summary>
    public TerraformValue? Read(string name, string address, bool sensitive = false)
    {
        foreach (var member in _members)
        {
            if (member.Name == name) return TerraformJson.Read(_json, member.Start, address, _lines, sensitive, Repeated);
        }

        return null;
    }

    private bool Scan()
    {
        var span = _json.Span;
        var first = span.IndexOfAnyExcept(" \t\r\n"u8);
        if (span[first] != (byte)'{')
        {
            _problems.Add(NotAnObject(span[first..], first));
            return false;
        }

        var reader = new Utf8JsonReader(span, isFinalBlock: false, new JsonReaderState(TerraformJson.Options));
        try
        {
            if (ScanMembers(ref reader)) return true;
            _problems.Add(TerraformDiagnostics.NotJson(
                _label, "the file ends in the middle of its JSON: it is truncated", "write it again", _lines.PlaceOf(span.Length)));
        }
        catch (JsonException exception)
        {
            _problems.Add(Syntax(exception, (int)reader.BytesConsumed));
        }

        return false;
    }

    private bool ScanMembers(ref Utf8JsonReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        reader.Read();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                // Whatever follows the object makes this throw.
                reader.Read();
                return true;
            }

            var name = reader.GetString()!;
            var keyStart = (int)reader.TokenStartIndex;
            if (!reader.Read()) return false;
            if (names.Add(name)) _members.Add((name, reader.TokenType, (int)reader.TokenStartIndex));
            else _problems.Add(RepeatedName(name, _lines.PlaceOf(keyStart)));
            if (!reader.TrySkip()) return false;
        }

        return false;
    }

    private Diagnostic Syntax(JsonException exception, int consumed)
    {
        var place = _lines.PlaceOf(Math.Min(consumed, _json.Length));
        if (exception.Message.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            return TerraformDiagnostics.NotJson(
                _label, $"the JSON is nested deeper than {TerraformJson.MaximumDepth} levels", "flatten the output", place);
        }

        var message = exception.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return TerraformDiagnostics.NotJson(
            _label,
            "this is not JSON",
            "write the file again with `terraform output -json`",
            place,
            end < 0 ? message : message[..end].TrimEnd('.'));
    }

    private Diagnostic NotAnObject(ReadOnlySpan<byte> text, int offset)
    {
        var line = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 200)]).Split('\n')[0];
        var equals = line.IndexOf(" = ", StringComparison.Ordinal);
        var isPlainOutput = equals > 0 && line.AsSpan(0, equals).TrimEnd().IndexOfAnyExcept(OutputNameCharacters) < 0;
        return isPlainOutput
            ? TerraformDiagnostics.NotJson(
                _label, "this is the text of `terraform output`, not its JSON", "write the file with `terraform output -json`", _lines.PlaceOf(offset))
            : TerraformDiagnostics.NotJson(
                _label, "this is not a JSON object", "write the file with `terraform output -json`, or name a state file", _lines.PlaceOf(offset));
    }

    private void Repeated(TerraformValue value, string name) => _problems.Add(RepeatedName(name, value.Place));

    private Diagnostic RepeatedName(string name, SourcePlace place) =>
        TerraformDiagnostics.NotJson(_label, $"'{name}' stands twice", "remove one of the two", place);

    private static readonly System.Buffers.SearchValues<char> OutputNameCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
}
