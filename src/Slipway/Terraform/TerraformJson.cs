using System.Text;
using System.Text.Json;

namespace Slipway.Terraform;

/// <summary>Builds <see cref="TerraformValue"/> trees from JSON.</summary>
internal static class TerraformJson
{
    /// <summary>Deeper nesting is refused.</summary>
    public const int MaximumDepth = 100;

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaximumDepth };

    /// <summary>Reads one value.</summary>
    /// <param name="json">Valid JSON, of which the value starts at <paramref name="start"/>.</param>
    /// <param name="start">The offset of the value's first byte.</param>
    /// <param name="address">The value's address.</param>
    /// <param name="lines">For places.</param>
    /// <param name="sensitive">True when the whole is sensitive.</param>
    /// <param name="onRepeated">Told of each member that stands twice.</param>
    public static TerraformValue Read(
        ReadOnlyMemory<byte> json,
        int start,
        string address,
        TextLines lines,
        bool sensitive,
        Action<TerraformValue, string> onRepeated)
    {
        var reader = new Utf8JsonReader(json.Span[start..], isFinalBlock: false, new JsonReaderState(Options));
        reader.Read();
        return ReadValue(ref reader, new Build(address, lines, start, sensitive, onRepeated));
    }

    /// <summary>Reads the JSON inside a text; the parts have the text's place and sensitivity.</summary>
    public static TerraformValue? TryReadInner(TerraformValue text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Text, new JsonDocumentOptions { MaxDepth = MaximumDepth });
            return FromElement(document.RootElement, text.Address, text, text.IsSensitive);
        }
        catch (JsonException)
        {
            // Text that only looks like JSON is text.
            return null;
        }
    }

    private static TerraformValue ReadValue(ref Utf8JsonReader reader, Build build)
    {
        var offset = build.Base + (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadObject(ref reader, build, offset);
            case JsonTokenType.StartArray:
                var items = new List<TerraformValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadValue(ref reader, build with { Address = TerraformPath.Append(build.Address, items.Count) }));
                return Make(TerraformValueKind.List, "", build, offset, items);
            case JsonTokenType.String:
                return Make(TerraformValueKind.String, reader.GetString()!, build, offset);
            case JsonTokenType.Number:
                return Make(TerraformValueKind.Number, Encoding.UTF8.GetString(reader.ValueSpan), build, offset);
            case JsonTokenType.True or JsonTokenType.False:
                return Make(TerraformValueKind.Boolean, reader.TokenType == JsonTokenType.True ? "true" : "false", build, offset);
            default:
                return Make(TerraformValueKind.Null, "", build, offset);
        }
    }

    private static TerraformValue ReadObject(ref Utf8JsonReader reader, Build build, int offset)
    {
        var members = new List<KeyValuePair<string, TerraformValue>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var value = ReadValue(ref reader, build with
            {
                Address = TerraformPath.Append(build.Address, name),
                Sensitive = build.Sensitive || SensitiveNames.Matches(name),
            });
            if (names.Add(name)) members.Add(new(name, value));
            else build.OnRepeated(value, name);
        }

        return new TerraformValue(TerraformValueKind.Object, build.Address, "", build.Lines, offset, build.Sensitive) { Members = members };
    }

    private static TerraformValue Make(TerraformValueKind kind, string text, Build build, int offset, IReadOnlyList<TerraformValue>? items = null) =>
        new(kind, build.Address, text, build.Lines, offset, build.Sensitive) { Items = items ?? [] };

    private static TerraformValue FromElement(JsonElement element, string address, TerraformValue text, bool sensitive)
    {
        var (kind, content) = element.ValueKind switch
        {
            JsonValueKind.Object => (TerraformValueKind.Object, ""),
            JsonValueKind.Array => (TerraformValueKind.List, ""),
            JsonValueKind.String => (TerraformValueKind.String, element.GetString()!),
            JsonValueKind.Number => (TerraformValueKind.Number, element.GetRawText()),
            JsonValueKind.True => (TerraformValueKind.Boolean, "true"),
            JsonValueKind.False => (TerraformValueKind.Boolean, "false"),
            _ => (TerraformValueKind.Null, ""),
        };
        var members = new List<KeyValuePair<string, TerraformValue>>();
        var items = new List<TerraformValue>();
        if (kind == TerraformValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                var inner = sensitive || SensitiveNames.Matches(member.Name);
                members.Add(new(member.Name, FromElement(member.Value, TerraformPath.Append(address, member.Name), text, inner)));
            }
        }
        else if (kind == TerraformValueKind.List)
        {
            foreach (var item in element.EnumerateArray())
                items.Add(FromElement(item, TerraformPath.Append(address, items.Count), text, sensitive));
        }

        return text.Part(kind, address, content, sensitive, items, members);
    }

    private readonly record struct Build(
        string Address,
        TextLines Lines,
        int Base,
        bool Sensitive,
        Action<TerraformValue, string> OnRepeated);
}
