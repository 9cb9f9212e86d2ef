using System.Globalization;

namespace Slipway.Kubernetes.Schemas;

/// <summary>A table of kinds and types in the notation of <c>kubernetes.txt</c>. Types are read when first asked for.</summary>
internal sealed class SchemaTable
{
    private readonly Dictionary<(string ApiVersion, string Kind), KindSchema> _kinds = [];
    private readonly Dictionary<string, (int Start, int Length)> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeSchema> _types = new(StringComparer.Ordinal);
    private readonly string _text;
    private readonly int _minor;

    private SchemaTable(string text, int minor)
    {
        _text = text;
        _minor = minor;
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            if (end < 0) end = text.Length;
            Index(at, end);
            at = end + 1;
        }
    }

    public IEnumerable<KindSchema> Kinds => _kinds.Values;

    public static SchemaTable Parse(string text, KubernetesVersion version) => new(text, version.Minor);

    /// <summary>Reads a table that is part of this assembly.</summary>
    public static SchemaTable Load(string resource, KubernetesVersion version)
    {
        using var stream = typeof(SchemaTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks '{resource}'.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), version);
    }

    public KindSchema? FindKind(string apiVersion, string kind) => _kinds.GetValueOrDefault((apiVersion, kind));

    public TypeSchema? FindType(string name)
    {
        lock (_types)
        {
            if (_types.TryGetValue(name, out var known)) return known;
            if (!_lines.TryGetValue(name, out var line)) return null;
            var type = ReadType(name, _text.AsSpan(line.Start, line.Length));
            _types.Add(name, type);
            return type;
        }
    }

    private void Index(int start, int end)
    {
        var line = _text.AsSpan(start, end - start);
        if (line.StartsWith("type ", StringComparison.Ordinal))
        {
            var space = line[5..].IndexOf(' ');
            var name = (space < 0 ? line[5..] : line.Slice(5, space)).ToString();
            _lines.Add(name, space < 0 ? (end, 0) : (start + 6 + space, end - start - 6 - space));
        }
        else if (line.StartsWith("kind ", StringComparison.Ordinal))
        {
            var words = line.ToString().Split(' ');
            if (words.Length > 5 && !Holds(words[5])) return;
            _kinds[(words[1], words[2])] = new KindSchema(words[1], words[2], words[3] == "namespaced", words[4]);
        }
    }

    private TypeSchema ReadType(string name, ReadOnlySpan<char> text)
    {
        var fields = new Dictionary<string, FieldSchema>(StringComparer.Ordinal);
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (word.IsEmpty) continue;
            var at = word.LastIndexOf('@');
            if (at > 0)
            {
                if (!Holds(word[at..])) continue;
                word = word[..at];
            }

            var colon = word.IndexOf(':');
            var required = word[colon - 1] == '!';
            var field = word[..(required ? colon - 1 : colon)].ToString();
            fields.Add(field, new FieldSchema(field, FieldType.Parse(word[(colon + 1)..]), required));
        }

        return new TypeSchema(name, fields);
    }

    // "@33-34", "@33-" and "@-34": from and to which minor version.
    private bool Holds(ReadOnlySpan<char> range)
    {
        var dash = range.IndexOf('-');
        var first = range[1..dash];
        var last = range[(dash + 1)..];
        return (first.IsEmpty || _minor >= int.Parse(first, CultureInfo.InvariantCulture))
            && (last.IsEmpty || _minor <= int.Parse(last, CultureInfo.InvariantCulture));
    }
}
