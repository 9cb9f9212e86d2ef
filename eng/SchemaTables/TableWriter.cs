using System.Globalization;
using System.Text;

namespace SchemaTables;

/// <summary>Writes the tables of several versions as one text in which what is not in all of them carries its versions.</summary>
internal static class TableWriter
{
    public static string Write(SortedDictionary<int, ApiTables> versions, IReadOnlySet<string> clusterKinds)
    {
        var text = new StringBuilder();
        text.Append("# Facts of the Kubernetes API, versions 1.").Append(versions.Keys.First()).Append(" to 1.").Append(versions.Keys.Last()).Append(". Written by eng/SchemaTables; see NOTICE.\n");
        text.Append("# kind APIVERSION KIND SCOPE TYPE [@VERSIONS] | type NAME FIELD[!]:TYPE[@VERSIONS]...\n");
        foreach (var kind in versions.Values.SelectMany(tables => tables.Kinds.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            foreach (var (type, range) in Ranges(versions, tables => tables.Kinds.GetValueOrDefault(kind)))
            {
                var scope = IsClusterKind(kind, clusterKinds) ? "cluster" : "namespaced";
                text.Append("kind ").Append(kind).Append(' ').Append(scope).Append(' ').Append(type).Append(range.Length == 0 ? "" : $" {range}").Append('\n');
            }
        }

        foreach (var name in Reachable(versions))
        {
            text.Append("type ").Append(name);
            var fields = versions.Values.Where(tables => tables.Types.ContainsKey(name)).SelectMany(tables => tables.Types[name].Keys).Distinct(StringComparer.Ordinal);
            foreach (var field in fields.Order(StringComparer.Ordinal))
            {
                var present = new SortedDictionary<int, ApiTables>(versions.Where(entry => entry.Value.Types.ContainsKey(name)).ToDictionary());
                foreach (var (fact, range) in Ranges(present, tables => tables.Types[name].TryGetValue(field, out var found) ? found : (FieldFact?)null))
                    text.Append(' ').Append(field).Append(fact!.Value.Required ? "!" : "").Append(':').Append(fact.Value.Type).Append(range);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static bool IsClusterKind(string kind, IReadOnlySet<string> clusterKinds)
    {
        var words = kind.Split(' ');
        var slash = words[0].IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "core" : words[0][..slash];
        return clusterKinds.Contains($"{group} {words[1]}") || (words[1].EndsWith("List", StringComparison.Ordinal) && clusterKinds.Contains($"{group} {words[1][..^4]}"));
    }

    private static IEnumerable<string> Reachable(SortedDictionary<int, ApiTables> versions)
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(versions.Values.SelectMany(tables => tables.Kinds.Values));
        while (open.TryPop(out var name))
        {
            if (!seen.Add(name)) continue;
            var known = versions.Values.Where(tables => tables.Types.ContainsKey(name)).ToList();
            if (known.Count == 0) throw new FormatException($"the type '{name}' is named but not described");
            foreach (var fact in known.SelectMany(tables => tables.Types[name].Values))
            {
                var type = fact.Type.Trim('[', ']', '{', '}');
                if (type.Contains('.', StringComparison.Ordinal) && !type.Contains('=', StringComparison.Ordinal)) open.Push(type);
            }
        }

        return seen;
    }

    private static IEnumerable<(T Value, string Range)> Ranges<T>(SortedDictionary<int, ApiTables> versions, Func<ApiTables, T> select)
    {
        var (first, last) = (versions.Keys.First(), versions.Keys.Last());
        var found = versions.Select(entry => (Version: entry.Key, Value: select(entry.Value))).ToList();
        for (var at = 0; at < found.Count;)
        {
            var end = at;
            while (end + 1 < found.Count && Equals(found[end + 1].Value, found[at].Value)) end++;
            if (found[at].Value is not null)
            {
                var (from, to) = (found[at].Version, found[end].Version);
                var range = from == first && to == last ? ""
                    : string.Create(CultureInfo.InvariantCulture, $"@{(from == first ? "" : from)}-{(to == last ? "" : to)}");
                yield return (found[at].Value, range);
            }

            at = end + 1;
        }
    }
}
