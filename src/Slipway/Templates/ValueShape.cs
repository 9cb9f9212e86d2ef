namespace Slipway.Templates;

/// <summary>A value that a template takes, with what it is made of.</summary>
public sealed class ValueShape
{
    private readonly Dictionary<string, ValueShape> _fields = new(StringComparer.Ordinal);

    internal ValueShape(string path, string description, bool isOptional)
    {
        Path = path;
        Description = description;
        IsOptional = isOptional;
    }

    /// <summary>The name as the template's head writes it: <c>ports[].name</c>, <c>labels{}</c>.</summary>
    public string Path { get; }

    /// <summary>What it is.</summary>
    public string Description { get; internal set; }

    /// <summary>True when it may be absent.</summary>
    public bool IsOptional { get; internal set; }

    /// <summary>The fields by name; empty for a single value and for one that is passed whole.</summary>
    public IReadOnlyDictionary<string, ValueShape> Fields => _fields;

    /// <summary>What a list or a mapping with free keys is made of, or null when it is neither.</summary>
    public ValueShape? Element { get; internal set; }

    /// <summary>True when the keys are free.</summary>
    internal bool IsMap { get; set; }

    internal ValueShape GetOrAdd(string name, string path)
    {
        if (!_fields.TryGetValue(name, out var shape)) _fields[name] = shape = new ValueShape(path, "", false);
        return shape;
    }
}
