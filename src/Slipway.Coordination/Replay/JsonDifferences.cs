using System.Globalization;
using System.Text.Json;

namespace Slipway.Coordination.Replay;

/// <summary>
/// Where two JSON values differ, by path (RFC 9535): members by name, items of lists by place. Numbers of one value are equal however
/// they are written; the order of members has no meaning.
/// </summary>
/// <param name="stepId">The step the values belong to.</param>
/// <param name="limit">How many differences are listed.</param>
/// <param name="differences">Receives them, in the order of the first value, then what only the second has.</param>
internal sealed class JsonDifferences(string stepId, int limit, List<FieldChange> differences)
{
    private readonly int _last = differences.Count + limit;

    /// <summary>How many more there are than were listed.</summary>
    public int Omitted { get; private set; }

    public void Compare(JsonElement a, JsonElement b) => Compare("$", a, b);

    private void Compare(string path, JsonElement a, JsonElement b)
    {
        if (a.ValueKind is JsonValueKind.Undefined || b.ValueKind is JsonValueKind.Undefined)
        {
            if (a.ValueKind != b.ValueKind) Add(path, a, b);
        }
        else if (a.ValueKind is JsonValueKind.Object && b.ValueKind is JsonValueKind.Object) CompareObjects(path, a, b);
        else if (a.ValueKind is JsonValueKind.Array && b.ValueKind is JsonValueKind.Array) CompareArrays(path, a, b);
        else if (!JsonElement.DeepEquals(a, b)) Add(path, a, b);
    }

    private static string Member(string path, string name)
    {
        var isPlain = name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
        return isPlain ? $"{path}.{name}" : $"{path}['{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}']";
    }

    private void CompareObjects(string path, JsonElement a, JsonElement b)
    {
        foreach (var member in a.EnumerateObject()) Compare(Member(path, member.Name), member.Value, b.TryGetProperty(member.Name, out var other) ? other : default);
        foreach (var member in b.EnumerateObject())
        {
            if (!a.TryGetProperty(member.Name, out _)) Add(Member(path, member.Name), default, member.Value);
        }
    }

    private void CompareArrays(string path, JsonElement a, JsonElement b)
    {
        var (items, others) = (a.EnumerateArray(), b.EnumerateArray());
        for (var i = 0; ; i++)
        {
            var (hasItem, hasOther) = (items.MoveNext(), others.MoveNext());
            if (!hasItem && !hasOther) return;
            Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), hasItem ? items.Current : default, hasOther ? others.Current : default);
        }
    }

    private void Add(string path, JsonElement a, JsonElement b)
    {
        if (differences.Count < _last) differences.Add(new FieldChange(stepId, path, RecordFields.Text(a), RecordFields.Text(b)));
        else Omitted++;
    }
}
