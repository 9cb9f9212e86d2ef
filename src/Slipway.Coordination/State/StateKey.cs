using System.Text.Json.Serialization.Metadata;

namespace Slipway.Coordination.State;

/// <summary>A key together with how its value is read and written.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Name">The key.</param>
/// <param name="TypeInfo">The JSON form of the value, from a source-generated context.</param>
public sealed record StateKey<T>(string Name, JsonTypeInfo<T> TypeInfo);
