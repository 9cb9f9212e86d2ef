using System.Text.Json;

namespace Slipway.Coordination.State;

/// <summary>What a change did to one key. A JSON null is a value; a key that is not there has none.</summary>
/// <param name="Key">The key.</param>
/// <param name="OldValue">The value before; null when the key was not there.</param>
/// <param name="NewValue">The value after; null when the key was deleted.</param>
public readonly record struct StateWrite(string Key, JsonElement? OldValue, JsonElement? NewValue);
