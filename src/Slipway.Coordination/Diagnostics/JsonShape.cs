using System.Text.Json;

namespace Slipway.Coordination.Diagnostics;

/// <summary>
/// Reads an object of a JSON document that people write: strictly, and with all problems at once. Fields that nobody asked for by the
/// time of <see cref="Finish"/> are problems too.
/// </summary>
internal sealed class JsonShape
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly JsonShapeCodes _codes;
    private readonly List<Diagnostic> _problems;

    private JsonShape(JsonElement json, string path, JsonShapeCodes codes, List<Diagnostic> problems)
    {
        (_path, _codes, _problems) = (path, codes, problems);
        foreach (var field in json.EnumerateObject())
        {
            if (!_fields.TryAdd(field.Name, field.Value)) Report(codes.Value, field.Name, "is there twice", "Write it once.");
        }
    }

    /// <summary>The object at a path; null, and a problem, when something else is there.</summary>
    public static JsonShape? Open(JsonElement json, string path, JsonShapeCodes codes, List<Diagnostic> problems)
    {
        if (json.ValueKind is JsonValueKind.Object) return new JsonShape(json, path, codes, problems);
        problems.Add(Problem(codes.Type, path, $"{(path.Length == 0 ? "The document" : $"'{path}'")} must be an object but is {Describe(json)}", "Write an object."));
        return null;
    }

    public static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>A field as it is; an undefined element when it is not there.</summary>
    public JsonElement Any(string name)
    {
        _known.Add(name);
        return _fields.GetValueOrDefault(name);
    }

    /// <summary>Like <see cref="Any"/>; not to be there is a problem.</summary>
    public JsonElement Required(string name)
    {
        var value = Any(name);
        if (value.ValueKind is JsonValueKind.Undefined) Report(_codes.Missing, name, "is missing", $"Add '{name}'.");
        return value;
    }

    public string? Text(string name) => Of(name, Any(name), JsonValueKind.String, "text") ? _fields[name].GetString() : null;

    /// <summary>Text that must be there; empty, and a problem, when it is not.</summary>
    public string RequiredText(string name) => Of(name, Required(name), JsonValueKind.String, "text") ? _fields[name].GetString()! : "";

    public int? Integer(string name)
    {
        var value = Any(name);
        if (!Of(name, value, JsonValueKind.Number, "a whole number")) return null;
        if (value.TryGetInt32(out var number)) return number;
        Report(_codes.Type, name, "must be a whole number", "Write a whole number.");
        return null;
    }

    public double? Number(string name) => Of(name, Any(name), JsonValueKind.Number, "a number") ? _fields[name].GetDouble() : null;

    public bool? Boolean(string name)
    {
        var value = Any(name);
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Of(name, value, JsonValueKind.True, "true or false");
        return null;
    }

    /// <summary>The fields of an object whose names are free; none, and a problem, when it is something else.</summary>
    public IReadOnlyDictionary<string, JsonElement> Map(string name)
    {
        var map = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (Of(name, Any(name), JsonValueKind.Object, "an object"))
        {
            foreach (var field in _fields[name].EnumerateObject())
            {
                if (!map.TryAdd(field.Name, field.Value.Clone())) Report(_codes.Value, $"{name}.{field.Name}", "is there twice", "Write it once.");
            }
        }

        return map;
    }

    /// <summary>A time in whole milliseconds, up to a hundred years.</summary>
    public TimeSpan? Milliseconds(string name)
    {
        const long Longest = 100L * 366 * 24 * 3600 * 1000;
        var value = Any(name);
        if (!Of(name, value, JsonValueKind.Number, "a whole number of milliseconds")) return null;
        if (value.TryGetInt64(out var number) && number is >= 0 and <= Longest) return TimeSpan.FromMilliseconds(number);
        Report(_codes.Value, name, "must be a whole number of milliseconds, 0 or more", "Write such a number.");
        return null;
    }

    public IReadOnlyList<JsonElement> List(string name)
    {
        var value = Any(name);
        return Of(name, value, JsonValueKind.Array, "a list") ? [.. value.EnumerateArray()] : [];
    }

    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var (index, item) in List(name).Index())
        {
            if (item.ValueKind is JsonValueKind.String) texts.Add(item.GetString()!);
            else Report(_codes.Type, $"{name}[{index}]", $"must be text but is {Describe(item)}", "Write text.");
        }

        return texts;
    }

    /// <summary>One of a closed set of names that must be there; the first value, and a problem, when it is not.</summary>
    public T RequiredChoice<T>(string name, IReadOnlyDictionary<string, T> choices)
        where T : struct =>
        Of(name, Required(name), JsonValueKind.String, "text") ? Choice(name, _fields[name].GetString(), choices) ?? default : default;

    /// <summary>One of a closed set of names.</summary>
    public T? Choice<T>(string name, string? given, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (given is null) return null;
        if (choices.TryGetValue(given, out var value)) return value;
        Report(_codes.Value, name, $"is '{given}', which does not exist", $"Use one of: {string.Join(", ", choices.Keys)}.");
        return null;
    }

    public void Report(string code, string name, string what, string fix) => _problems.Add(Problem(code, PathOf(name), $"'{PathOf(name)}' {what}", fix));

    /// <summary>Tells of fields that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var name in _fields.Keys.Where(name => !_known.Contains(name)))
            Report(_codes.Unknown, name, "is no field here", Suggestion.Closest(name, _known) is { } near ? $"Did you mean '{near}'?" : $"Use one of: {string.Join(", ", _known)}.");
    }

    private bool Of(string name, JsonElement value, JsonValueKind kind, string what)
    {
        if (value.ValueKind == kind) return true;
        if (value.ValueKind is not JsonValueKind.Undefined) Report(_codes.Type, name, $"must be {what} but is {Describe(value)}", $"Write {what}.");
        return false;
    }

    private static Diagnostic Problem(string code, string path, string summary, string fix) =>
        new() { Code = code, Summary = summary, Place = path.Length == 0 ? null : new SourcePlace(null, Path: path), Fix = fix };
}
