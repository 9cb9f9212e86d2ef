using System.Text.Json;

namespace Slipway.Coordination.State;

/// <summary>
/// Sets and deletes that become one version, all or none, and what must hold for them. Of several writes of one key the last counts. A batch
/// may be used again; it is not safe to change it from several threads.
/// </summary>
public sealed class StateBatch
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<(string Key, JsonElement? Value)> _writes = [];
    private readonly List<(string Key, long? Version)> _keyVersions = [];
    private long? _version;

    /// <summary>Sets a key.</summary>
    /// <param name="key">The key, 1 to 512 characters without control characters.</param>
    /// <param name="value">The value; a JSON null is one. It is copied, so its document may be disposed.</param>
    public StateBatch Set(string key, JsonElement value) => Write(key, StateNames.Keep(value));

    /// <summary>Sets a key to a typed value.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null is a JSON null.</param>
    public StateBatch Set<T>(StateKey<T> key, T value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Write(key.Name, JsonSerializer.SerializeToElement(value, key.TypeInfo));
    }

    /// <summary>Deletes a key; one that is not there is passed over.</summary>
    public StateBatch Delete(string key) => Write(key, null);

    /// <summary>The batch is refused when the state is not at this version.</summary>
    public StateBatch Expect(long version)
    {
        _version = version;
        return this;
    }

    /// <summary>The batch is refused when the key is not at this version.</summary>
    /// <param name="key">The key.</param>
    /// <param name="version">The version that set it last; null when it must not be there.</param>
    public StateBatch ExpectKey(string key, long? version)
    {
        StateNames.CheckKey(key);
        _keyVersions.Add((key, version));
        return this;
    }

    internal static StateBatch ForModify(StateSnapshot current, string key, Func<JsonElement?, JsonElement?> modify)
    {
        var batch = new StateBatch().ExpectKey(key, current.VersionOf(key));
        return modify(current.Get(key)) is { } value ? batch.Set(key, value) : batch.Delete(key);
    }

    /// <summary>What the batch does to a version: nothing where all it would do is delete what is not there.</summary>
    internal StateProposal PlanOn(StateSnapshot current, TimeProvider time, string? changedBy)
    {
        StateNames.CheckChangedBy(changedBy);
        if (FindConflict(current) is { } conflict) return new StateProposal(null, conflict);
        var writes = new List<StateWrite>(_writes.Count);
        foreach (var (key, value) in _writes)
        {
            var old = current.Get(key);
            if (old is not null || value is not null) writes.Add(new StateWrite(key, old, value));
        }

        if (writes.Count == 0) return default;
        var operation = writes is [var only] ? StateChange.OperationOf(only) : StateOperation.Update;
        return new StateProposal(StateChange.After(current, time, operation, [.. writes], changedBy), null);
    }

    private StateProblem? FindConflict(StateSnapshot current)
    {
        if (_version is { } expected && expected != current.Version) return new StateVersionConflict(expected, current.Version);
        foreach (var (key, version) in _keyVersions)
        {
            var found = current.VersionOf(key);
            if (found != version) return new StateKeyConflict(key, version, found);
        }

        return null;
    }

    private StateBatch Write(string key, JsonElement? value)
    {
        StateNames.CheckKey(key);
        if (_places.TryAdd(key, _writes.Count)) _writes.Add((key, value));
        else _writes[_places[key]] = (key, value);
        return this;
    }
}
