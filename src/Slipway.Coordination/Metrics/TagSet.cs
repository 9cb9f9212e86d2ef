using System.Collections.ObjectModel;

namespace Slipway.Coordination.Metrics;

/// <summary>Tags in the two forms that are needed: by name for sinks, as a list for the meter's listeners. Later ones win over earlier ones of the same name.</summary>
internal sealed class TagSet
{
    private readonly KeyValuePair<string, object?>[] _list;

    private TagSet(SortedDictionary<string, string> tags)
    {
        ByName = tags.Count == 0 ? ReadOnlyDictionary<string, string>.Empty : new ReadOnlyDictionary<string, string>(tags);
        _list = [.. tags.Select(tag => KeyValuePair.Create(tag.Key, (object?)tag.Value))];
    }

    public static TagSet Empty { get; } = new(new SortedDictionary<string, string>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, string> ByName { get; }

    public ReadOnlySpan<KeyValuePair<string, object?>> List => _list;

    public static TagSet Of(ReadOnlySpan<(string Name, string Value)> tags) => Empty.With(tags);

    public TagSet With(ReadOnlySpan<(string Name, string Value)> tags)
    {
        if (tags.IsEmpty) return this;
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in ByName) all[name] = value;
        foreach (var (name, value) in tags)
        {
            ArgumentException.ThrowIfNullOrEmpty(name, nameof(tags));
            ArgumentNullException.ThrowIfNull(value, nameof(tags));
            all[name] = value;
        }

        return new TagSet(all);
    }
}
