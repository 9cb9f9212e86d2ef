using System.Collections.Concurrent;

namespace Slipway.Kubernetes.Schemas;

/// <summary>All kinds whose schema is known: the built-in ones of a version, those that Slipway writes, and what the user brings.</summary>
internal sealed class SchemaCatalog
{
    private static readonly ConcurrentDictionary<int, Lazy<(SchemaTable BuiltIn, SchemaTable Custom)>> Tables = new();

    private readonly SchemaTable _builtIn;
    private readonly SchemaTable _custom;
    private readonly Dictionary<(string ApiVersion, string Kind), KindSchema> _ownKinds = [];
    private readonly Dictionary<string, TypeSchema> _ownTypes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _groups;

    private SchemaCatalog(SchemaTable builtIn, SchemaTable custom, KubernetesVersion version)
    {
        _builtIn = builtIn;
        _custom = custom;
        Version = version;
        _groups = builtIn.Kinds.Select(kind => ApiGroups.GroupOf(kind.ApiVersion)).ToHashSet(StringComparer.Ordinal);
    }

    public KubernetesVersion Version { get; }

    /// <summary>The built-in kinds.</summary>
    public IEnumerable<KindSchema> BuiltInKinds => _builtIn.Kinds;

    public static SchemaCatalog For(KubernetesVersion version)
    {
        var tables = Tables.GetOrAdd(version.Minor, _ => new Lazy<(SchemaTable, SchemaTable)>(() =>
            (SchemaTable.Load("Slipway.Kubernetes.Schemas.kubernetes.txt", version), SchemaTable.Load("Slipway.Kubernetes.Schemas.custom.txt", version))));
        return new SchemaCatalog(tables.Value.BuiltIn, tables.Value.Custom, version);
    }

    /// <summary>Adds a kind of the user's. It wins over one that Slipway brings.</summary>
    public void Add(KindSchema kind, IEnumerable<TypeSchema> types)
    {
        _ownKinds[(kind.ApiVersion, kind.Kind)] = kind;
        foreach (var type in types) _ownTypes[type.Name] = type;
    }

    public KindSchema? Find(string apiVersion, string kind) =>
        _ownKinds.GetValueOrDefault((apiVersion, kind)) ?? _builtIn.FindKind(apiVersion, kind) ?? _custom.FindKind(apiVersion, kind);

    public TypeSchema Type(string name) =>
        _ownTypes.GetValueOrDefault(name) ?? _builtIn.FindType(name) ?? _custom.FindType(name)
            ?? throw new InvalidOperationException($"The schema tables name the type '{name}' without describing it.");

    /// <summary>True when the group belongs to Kubernetes itself, so that a kind not found in it does not exist.</summary>
    public bool IsBuiltInGroup(string group) => _groups.Contains(group) || ApiGroups.Former.Contains(group);

    /// <summary>The versions under which a kind of this name is known, newest and most stable first.</summary>
    public IReadOnlyList<string> VersionsOf(string kind) =>
        [.. _ownKinds.Values.Concat(_builtIn.Kinds).Concat(_custom.Kinds).Where(known => known.Kind == kind)
            .Select(known => known.ApiVersion).Distinct(StringComparer.Ordinal)
            .OrderBy(version => version.Contains("alpha", StringComparison.Ordinal) ? 2 : version.Contains("beta", StringComparison.Ordinal) ? 1 : 0)
            .ThenByDescending(version => version, StringComparer.Ordinal)];

    /// <summary>The versions that a definition of the user's serves of a kind.</summary>
    public IReadOnlyList<string> DefinedVersionsOf(string group, string kind) =>
        [.. _ownKinds.Keys.Where(known => known.Kind == kind && ApiGroups.GroupOf(known.ApiVersion) == group).Select(known => known.ApiVersion).OrderDescending(StringComparer.Ordinal)];

    /// <summary>All names of kinds, for suggestions.</summary>
    public IEnumerable<string> KindNames => _ownKinds.Values.Concat(_builtIn.Kinds).Concat(_custom.Kinds).Select(kind => kind.Kind).Distinct(StringComparer.Ordinal);
}
