using Slipway.Coordination.Diagnostics;

namespace Slipway.Cli.Hosting;

/// <summary>Ids may be cut wherever what is left names one thing only.</summary>
internal static class Abbreviation
{
    private const int MostNamed = 5;

    /// <summary>Finds an id by itself or by the beginning of it.</summary>
    /// <param name="name">What the user wrote.</param>
    /// <param name="ids">All ids there are.</param>
    /// <param name="code">The code of the problem when it is none, or several.</param>
    /// <param name="kind">What the ids name, such as <c>run</c>; with an s it is the plural.</param>
    /// <param name="fix">What to do when it is none.</param>
    public static (string? Id, Diagnostic? Problem) Expand(string name, IEnumerable<string> ids, string code, string kind, string fix)
    {
        var found = new List<string>();
        foreach (var id in ids)
        {
            if (id == name) return (id, null);
            if (id.StartsWith(name, StringComparison.Ordinal)) found.Add(id);
        }

        // What lies below a thing begins with its id too.
        if (found.Find(id => found.TrueForAll(other => other == id || other.StartsWith($"{id}/", StringComparison.Ordinal))) is { } above) return (above, null);
        return found switch
        {
            [] => (null, new Diagnostic { Code = code, Summary = $"there is no {kind} '{name}'", Fix = fix }),
            _ => (null, new Diagnostic
            {
                Code = code,
                Summary = $"'{name}' is the beginning of {found.Count} {kind}s: {string.Join(", ", found.Take(MostNamed))}{(found.Count > MostNamed ? ", …" : "")}",
                Fix = "write more of the id",
            }),
        };
    }
}
