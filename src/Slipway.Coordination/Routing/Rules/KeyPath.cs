using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Slipway.Coordination.Routing.Rules;

/// <summary>A parsed <see cref="RoutingRule.ConditionKey"/>.</summary>
internal sealed class KeyPath
{
    private readonly Segment[] _segments;

    private KeyPath(Segment[] segments) => _segments = segments;

    public IEnumerable<string> Keys => _segments.Select(segment => segment.Text);

    /// <summary>Parses keys that are separated by dots; a backslash makes a dot or a backslash part of a key.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeyPath? path)
    {
        path = null;
        var segments = new List<Segment>();
        var key = new StringBuilder();
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '.')
            {
                if (key.Length == 0) return false;
                segments.Add(new Segment(key.ToString()));
                key.Clear();
                continue;
            }

            if (text[i] == '\\' && (++i == text.Length || text[i] is not ('.' or '\\'))) return false;
            key.Append(text[i]);
        }

        path = new KeyPath([.. segments]);
        return true;
    }

    public bool TryFind(RoutingState state, out JsonElement value)
    {
        if (!state.TryGet(_segments[0], out value)) return false;
        for (var i = 1; i < _segments.Length; i++)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when value.TryGetProperty(_segments[i].Utf8, out var inner):
                    value = inner;
                    break;
                case JsonValueKind.Array when _segments[i].Index is { } index && index < value.GetArrayLength():
                    value = value[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>One key, in the forms in which it is looked up.</summary>
    internal sealed class Segment(string text)
    {
        public string Text { get; } = text;

        public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);

        /// <summary>The place in a list that it names; null when it names none.</summary>
        public int? Index { get; } = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
