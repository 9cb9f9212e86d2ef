namespace SchemaTables;

/// <summary>
/// Applies the facts written by hand in <c>facts.txt</c>. A line is <c>VERSIONS: set TYPE.FIELD[!] FIELDTYPE</c>, <c>VERSIONS: enum TYPE.FIELD A|B</c>,
/// <c>VERSIONS: drop TYPE.FIELD</c>, <c>VERSIONS: kind APIVERSION KIND TYPE</c>, <c>VERSIONS: unkind APIVERSION KIND</c>, or <c>cluster APIVERSION KIND</c>.
/// </summary>
internal sealed class FactsFile(IReadOnlyList<string> lines)
{
    /// <summary>The kinds that live outside namespaces, without version: <c>group kind</c>.</summary>
    public IReadOnlySet<string> ClusterKinds { get; } =
        lines.Where(line => line.StartsWith("cluster ", StringComparison.Ordinal)).Select(line => line[8..]).ToHashSet(StringComparer.Ordinal);

    public static FactsFile Read(string file) =>
        new([.. File.ReadAllLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')]);

    public void Apply(int version, ApiTables tables)
    {
        foreach (var line in lines)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0 || !VersionRange.Parse(line[..colon]).Holds(version)) continue;
            var words = line[(colon + 2)..].Split(' ', 4);
            switch (words[0])
            {
                case "kind":
                    tables.Kinds[$"{words[1]} {words[2]}"] = words[3];
                    break;
                case "unkind":
                    tables.Kinds.Remove($"{words[1]} {words[2]}");
                    break;
                default:
                    ApplyField(tables, words, line);
                    break;
            }
        }
    }

    private static void ApplyField(ApiTables tables, string[] words, string line)
    {
        var dot = words[1].LastIndexOf('.');
        var (type, field) = (words[1][..dot], words[1][(dot + 1)..].TrimEnd('!'));
        if (!tables.Types.TryGetValue(type, out var fields)) tables.Types[type] = fields = new SortedDictionary<string, FieldFact>(StringComparer.Ordinal);
        switch (words[0])
        {
            case "set":
                fields[field] = new FieldFact(words[2], words[1].EndsWith('!'));
                break;
            case "drop":
                fields.Remove(field);
                break;
            case "enum" when !fields.ContainsKey(field):
                break;
            case "enum":
                var fact = fields[field];
                fields[field] = fact with { Type = fact.Type == "[string]" ? $"[string={words[2]}]" : $"string={words[2]}" };
                break;
            default:
                throw new FormatException($"facts.txt: '{line}'");
        }
    }
}
