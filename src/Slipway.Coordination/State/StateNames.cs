using System.Text.Json;

namespace Slipway.Coordination.State;

/// <summary>The stable names of a state's enumerations, and what keys and other names may be.</summary>
internal static class StateNames
{
    public const int LongestKey = 512;
    private const int LongestName = 200;

    public static string Of(StateOperation value) => value switch
    {
        StateOperation.Set => "set",
        StateOperation.Delete => "delete",
        StateOperation.Update => "update",
        StateOperation.Clear => "clear",
        StateOperation.Rollback => "rollback",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "Not an operation on a state."),
    };

    public static StateOperation ToOperation(string? name) => name switch
    {
        "set" => StateOperation.Set,
        "delete" => StateOperation.Delete,
        "update" => StateOperation.Update,
        "clear" => StateOperation.Clear,
        "rollback" => StateOperation.Rollback,
        _ => throw new JsonException($"'{name}' is no operation on a state."),
    };

    public static void CheckKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsText(key, LongestKey))
            throw new ArgumentException($"A key has 1 to {LongestKey} characters without control characters.", nameof(key));
    }

    public static void CheckChangedBy(string? changedBy)
    {
        if (changedBy is not null && !IsText(changedBy, LongestName))
            throw new ArgumentException($"Who changes a state has a name of 1 to {LongestName} characters without control characters.", nameof(changedBy));
    }

    public static void CheckStateName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsText(name, LongestName))
            throw new ArgumentException($"A state has a name of 1 to {LongestName} characters without control characters.", nameof(name));
    }

    public static void CheckChanges(IReadOnlyList<StateChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentOutOfRangeException.ThrowIfZero(changes.Count, nameof(changes));
        for (var i = 1; i < changes.Count; i++)
        {
            if (changes[i].Version != changes[0].Version + i) throw new ArgumentException("The versions of the changes are not consecutive.", nameof(changes));
        }
    }

    /// <summary>A value that lives as long as the state, whatever becomes of the document it came from.</summary>
    public static JsonElement Keep(JsonElement value) => value.ValueKind is JsonValueKind.Undefined
        ? throw new ArgumentException("An undefined element is no value; a JSON null is one.", nameof(value))
        : value.Clone();

    private static bool IsText(string text, int longest)
    {
        if (text.Length == 0 || text.Length > longest) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) return false;
            // Half a surrogate pair cannot be written as UTF-8.
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))) return false;
        }

        return true;
    }
}
