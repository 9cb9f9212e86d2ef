using Slipway.Terraform;

namespace Slipway.Context;

/// <summary>Looks outputs up by their conventional names, at the top, inside an object of the section, and inside a container of several modules.</summary>
internal sealed class OutputSearch
{
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal) { "arn", "id", "name", "url" };

    private readonly List<Dictionary<string, List<TerraformValue>>> _scopes = [];
    private readonly List<OutputNode> _nodes = [];

    public OutputSearch(IReadOnlyList<TerraformOutputs> sources)
    {
        Sources = sources;
        foreach (var source in sources)
        {
            var scope = Index(source.Values);
            _scopes.Add(scope);
            _nodes.AddRange(scope.SelectMany(entry => entry.Value.SelectMany(value => new OutputNode(null, entry.Key, value).Walk())));
            foreach (var container in OutputCatalogue.Containers)
            {
                foreach (var value in Take(scope, container))
                {
                    if (Open(value) is { } inner) _scopes.Add(Index(inner.Members));
                }
            }
        }
    }

    public IReadOnlyList<TerraformOutputs> Sources { get; }

    /// <summary>Every output at the top or in a container, with its normal name.</summary>
    public IEnumerable<(string Name, TerraformValue Value)> All =>
        _scopes.SelectMany(scope => scope.SelectMany(entry => entry.Value.Select(value => (entry.Key, value))));

    /// <summary>The values that may be a fact.</summary>
    public OutputCandidates Candidates(FactSection section, FactDefinition fact)
    {
        var strong = new List<TerraformValue>();
        var weak = new List<TerraformValue>();
        foreach (var scope in _scopes)
        {
            foreach (var name in fact.Names) strong.AddRange(TakePath(scope, name).Where(value => !IsGroup(section, name, value)));
            foreach (var name in fact.WeakNames) weak.AddRange(Take(scope, name));
            foreach (var (name, mark) in fact.SharedNames) strong.AddRange(Take(scope, name).Where(value => Holds(value, mark)));
            foreach (var group in section.Groups)
            {
                foreach (var attribute in fact.Attributes) strong.AddRange(TakePrefixed(scope, group, attribute, fact.SharedNames));
                foreach (var attribute in fact.WeakAttributes) weak.AddRange(TakePrefixed(scope, group, attribute, fact.SharedNames));
                foreach (var value in Take(scope, group))
                {
                    if (Open(value) is not { } inner) continue;
                    var members = Index(inner.Members);
                    foreach (var attribute in fact.Attributes.Concat(fact.Names)) strong.AddRange(TakePath(members, attribute));
                    foreach (var attribute in fact.WeakAttributes) weak.AddRange(TakePath(members, attribute));
                }
            }
        }

        return OutputCandidates.Of(strong, weak);
    }

    /// <summary>
    /// The values that may be a fact by names deeper inside: outputs within any object, and attributes of an object that is about the section
    /// or lies in one; there an attribute that anything may have (<c>name</c>, <c>arn</c>) says nothing.
    /// </summary>
    public OutputCandidates NestedCandidates(FactSection section, FactDefinition fact)
    {
        var found = new List<TerraformValue>();
        foreach (var node in _nodes.Where(node => (node.Value.Inner ?? node.Value).Kind == TerraformValueKind.Object))
        {
            var scope = Index((node.Value.Inner ?? node.Value).Members);
            foreach (var name in fact.Names) found.AddRange(TakePath(scope, name).Where(value => !IsGroup(section, name, value)));
            foreach (var group in section.Groups) found.AddRange(fact.Attributes.SelectMany(attribute => TakePrefixed(scope, group, attribute, fact.SharedNames)));
            var isAbout = node.IsAbout(section.Groups);
            if (!isAbout && !node.Ancestors.Any(ancestor => ancestor.IsAbout(section.Groups))) continue;
            found.AddRange(fact.Attributes.Where(attribute => isAbout || !Common.Contains(attribute)).SelectMany(attribute => TakePath(scope, attribute)));
        }

        return OutputCandidates.Of(found, []);
    }

    /// <summary>The values anywhere that have a form; of a list that has it, not its items as well.</summary>
    public OutputCandidates FormCandidates(FactForm form) =>
        OutputCandidates.Of([.. _nodes.Where(node => form.Fits(node) && !node.Ancestors.Any(form.Fits)).Select(node => node.Value)], []);

    /// <summary>Every value anywhere.</summary>
    public IEnumerable<TerraformValue> Everything => _nodes.Select(node => node.Value);

    /// <summary>The values called so at the top or in a container.</summary>
    public IEnumerable<TerraformValue> Named(string name) => _scopes.SelectMany(scope => Take(scope, name));

    /// <summary>The value itself, the JSON in a text, or the single item of a list, when that is an object.</summary>
    public static TerraformValue? Open(TerraformValue value)
    {
        var inner = value.Inner ?? value;
        if (inner.Kind == TerraformValueKind.List && inner.Items is [var only]) inner = only.Inner ?? only;
        return inner.Kind == TerraformValueKind.Object ? inner : null;
    }

    private static bool IsGroup(FactSection section, string name, TerraformValue value) =>
        section.Groups.Contains(name, StringComparer.Ordinal) && Open(value) is not null;

    private static bool Holds(TerraformValue value, string mark)
    {
        var single = value.Kind == TerraformValueKind.List && value.Items is [var only] ? only : value;
        return single.Kind == TerraformValueKind.String && single.Text.Contains(mark, StringComparison.OrdinalIgnoreCase);
    }

    // "cluster" is a group of Kubernetes and "cluster_endpoint" a name that others share: then the mark decides.
    private static IEnumerable<TerraformValue> TakePrefixed(
        Dictionary<string, List<TerraformValue>> scope, string group, string attribute, IReadOnlyDictionary<string, string> shared)
    {
        if (attribute.Contains('.', StringComparison.Ordinal)) return [];
        var name = $"{group}_{attribute}";
        return shared.ContainsKey(name) ? [] : Take(scope, name);
    }

    private static IEnumerable<TerraformValue> TakePath(Dictionary<string, List<TerraformValue>> members, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return Take(members, path);
        return Take(members, path[..dot]).SelectMany(value => Open(value) is { } inner ? TakePath(Index(inner.Members), path[(dot + 1)..]) : []);
    }

    private static List<TerraformValue> Take(Dictionary<string, List<TerraformValue>> scope, string name) =>
        scope.TryGetValue(name, out var values) ? values : [];

    private static Dictionary<string, List<TerraformValue>> Index(IEnumerable<KeyValuePair<string, TerraformValue>> members)
    {
        var index = new Dictionary<string, List<TerraformValue>>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            var name = OutputNames.Normalize(key);
            if (name.StartsWith(OutputCatalogue.IgnoredPrefix, StringComparison.Ordinal)) name = name[OutputCatalogue.IgnoredPrefix.Length..];
            if (!index.TryGetValue(name, out var values)) index.Add(name, values = []);
            values.Add(value);
        }

        return index;
    }
}
