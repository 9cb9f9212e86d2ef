using System.Text.Json;

namespace Slipway.Coordination.State;

/// <summary>The value of a key and the version that set it.</summary>
/// <param name="Value">The value; a JSON null is one.</param>
/// <param name="Version">The version of the state that set the key last; 0 for what the state began with.</param>
public readonly record struct StateEntry(JsonElement Value, long Version);
