using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Coordination.State.Stores;

namespace Slipway.Coordination.State;

/// <summary>
/// A state at one version, for ever: later writes do not show. Taking one costs nothing, and versions share what they have in common.
/// Enumerating gives the keys in ordinal order.
/// </summary>
public sealed class StateSnapshot : IReadOnlyCollection<KeyValuePair<string, StateEntry>>
{
    private string[]? _keys;

    internal StateSnapshot(long version, DateTimeOffset timestamp, StateMap entries)
    {
        Version = version;
        Timestamp = timestamp;
        Entries = entries;
    }

    /// <summary>The version, from 0; each is given once and no higher one is older.</summary>
    public long Version { get; }

    /// <summary>When the version was made: UTC, to the millisecond.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>How many keys there are.</summary>
    public int Count => Entries.Count;

    /// <summary>The keys in ordinal order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            if (_keys is { } known) return known;
            var keys = Entries.Keys();
            keys.Sort(StringComparer.Ordinal);
            return _keys = [.. keys];
        }
    }

    internal StateMap Entries { get; }

    /// <summary>True when the key is there, even with a JSON null.</summary>
    public bool Has(string key) => Entries.TryGet(key, out _);

    /// <summary>The value of a key; null when it is not there. A JSON null is a value.</summary>
    public JsonElement? Get(string key) => Entries.TryGet(key, out var entry) ? entry.Value : null;

    /// <summary>The typed value of a key; the type's default when it is not there.</summary>
    /// <exception cref="JsonException">The value is not of that type.</exception>
    public T? Get<T>(string key, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Entries.TryGet(key, out var entry) ? entry.Value.Deserialize(typeInfo) : default;
    }

    /// <summary>The typed value of a key; the type's default when it is not there.</summary>
    /// <exception cref="JsonException">The value is not of that type.</exception>
    public T? Get<T>(StateKey<T> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Get(key.Name, key.TypeInfo);
    }

    /// <summary>The value of a key that must be there.</summary>
    /// <exception cref="KeyNotFoundException">It is not there.</exception>
    public JsonElement GetRequired(string key) => Entries.TryGet(key, out var entry)
        ? entry.Value
        : throw new KeyNotFoundException($"The state has no key '{key}' at version {Version}.");

    /// <summary>The value of a key.</summary>
    /// <returns>False when it is not there.</returns>
    public bool TryGet(string key, out JsonElement value)
    {
        var isThere = Entries.TryGet(key, out var entry);
        value = entry.Value;
        return isThere;
    }

    /// <summary>The value of a key with the version that set it.</summary>
    /// <returns>False when it is not there.</returns>
    public bool TryGetEntry(string key, out StateEntry entry) => Entries.TryGet(key, out entry);

    /// <summary>The version that set a key last; null when it is not there.</summary>
    public long? VersionOf(string key) => Entries.TryGet(key, out var entry) ? entry.Version : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, StateEntry>> GetEnumerator()
    {
        foreach (var key in Keys) yield return KeyValuePair.Create(key, Entries.TryGet(key, out var entry) ? entry : default);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static StateSnapshot Of(StateImage image)
    {
        var entries = StateMap.Empty;
        foreach (var (key, entry) in image.Entries) entries = entries.Set(key, entry with { Value = StateNames.Keep(entry.Value) });
        return new StateSnapshot(image.Version, image.Timestamp, entries);
    }

    /// <summary>The next version.</summary>
    internal StateSnapshot With(StateChange change)
    {
        var entries = Entries;
        for (var i = 0; i < change.Writes.Count; i++)
        {
            var (key, _, value) = change.Writes[i];
            entries = value is { } given ? entries.Set(key, new StateEntry(given, change.Version)) : entries.Remove(key);
        }

        return new StateSnapshot(change.Version, change.Timestamp, entries);
    }
}
