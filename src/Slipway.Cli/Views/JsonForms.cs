using System.Buffers;
using System.Text.Json;
using Slipway.Documents;

namespace Slipway.Cli.Views;

/// <summary>The JSON forms of the libraries as documents: the same shape, keys in camel case as in all documents.</summary>
internal static class JsonForms
{
    public static Node ToDocument(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        using var json = JsonDocument.Parse(buffer.WrittenMemory);
        return From(json.RootElement, static name => JsonNamingPolicy.CamelCase.ConvertName(Join(name)));
    }

    /// <summary>What somebody else wrote, as it is.</summary>
    public static Node Verbatim(JsonElement json) => From(json, static name => name);

    private static Node From(JsonElement json, Func<string, string> nameOf)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var mapping = new MappingNode();
                foreach (var member in json.EnumerateObject()) mapping[nameOf(member.Name)] = From(member.Value, nameOf);
                return mapping;
            case JsonValueKind.Array:
                return new SequenceNode(json.EnumerateArray().Select(item => From(item, nameOf)));
            case JsonValueKind.String:
                return ScalarNode.Of(json.GetString()!);
            case JsonValueKind.Number:
                return new ScalarNode(json.GetRawText(), json.TryGetInt64(out _) ? ScalarKind.Integer : ScalarKind.Float);
            case JsonValueKind.True or JsonValueKind.False:
                return ScalarNode.Of(json.GetBoolean());
            default:
                return ScalarNode.Null();
        }
    }

    // only_in_a: OnlyInA
    private static string Join(string name) => string.Concat(name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
