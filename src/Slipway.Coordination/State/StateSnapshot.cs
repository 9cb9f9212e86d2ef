using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
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
    internal static readonly ImmutableDictionary<string, StateEntry> NoEntries =
        ImmutableDictionary.Create<string, StateEntry>(StringComparer.Ordinal);

    private string[]? _keys;

    internal StateSnapshot(long version, DateTimeOffset timestamp, ImmutableDictionary<string, StateEntry> entries)
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
            string[] keys = [.. Entries.Keys];
            Array.Sort(keys, StringComparer.Ordinal);
            return _keys = keys;
        }
    }

    internal ImmutableDictionary<string, StateEntry> Entries { get; }

    /// <summary>True when the key is there, even with a JSON null.</summary>
    public bool Has(string key) => Entries.ContainsKey(key);

    /// <summary>The value of a key; null when it is not there. A JSON null is a value.</summary>
    public JsonElement? Get(string key) => Entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>The typed value of a key; the type's default when it is not there.</summary>
    /// <exception cref="JsonException">The value is not of that type.</exception>
    public T? Get<T>(string key, JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Entries.TryGetValue(key, out var entry) ? entry.Value.Deserialize(typeInfo) : default;
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
    public JsonElement GetRequired(string key) => Entries.TryGetValue(key, out var entry)
        ? entry.Value
        : throw new KeyNotFoundException($"The state has no key '{key}' at version {Version}.");

    /// <summary>The value of a key.</summary>
    /// <returns>False when it is not there.</returns>
    public bool TryGet(string key, out JsonElement value)
    {
        var isThere = Entries.TryGetValue(key, out var entry);
        value = entry.Value;
        return isThere;
    }

    /// <summary>The value of a key with the version that set it.</summary>
    /// <returns>False when it is not there.</returns>
    public bool TryGetEntry(string key, [MaybeNullWhen(false)] out StateEntry entry) => Entries.TryGetValue(key, out entry);

    /// <summary>The version that set a key last; null when it is not there.</summary>
    public long? VersionOf(string key) => Entries.TryGetValue(key, out var entry) ? entry.Version : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, StateEntry>> GetEnumerator()
    {
        foreach (var key in Keys) yield return KeyValuePair.Create(key, Entries[key]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static StateSnapshot Of(StateImage image)
    {
        var entries = NoEntries.ToBuilder();
        foreach (var (key, entry) in image.Entries) entries[key] = entry with { Value = StateNames.Keep(entry.Value) };
        return new StateSnapshot(image.Version, image.Timestamp, entries.ToImmutable());
    }

    /// <summary>The next version.</summary>
    internal StateSnapshot With(StateChange change)
    {
        if (change.Writes is [var only])
        {
            return new StateSnapshot(change.Version, change.Timestamp, only.NewValue is { } value
                ? Entries.SetItem(only.Key, new StateEntry(value, change.Version))
                : Entries.Remove(only.Key));
        }

        var entries = Entries.ToBuilder();
        foreach (var write in change.Writes)
        {
            if (write.NewValue is { } value) entries[write.Key] = new StateEntry(value, change.Version);
            else entries.Remove(write.Key);
        }

        return new StateSnapshot(change.Version, change.Timestamp, entries.ToImmutable());
    }
}
