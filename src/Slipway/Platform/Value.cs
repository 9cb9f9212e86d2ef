namespace Slipway.Platform;

/// <summary>Makes <see cref="Value{T}"/>s.</summary>
public static class Value
{
    /// <summary>A value that may be shown.</summary>
    public static Value<T> Known<T>(T content, Provenance source)
        where T : notnull => new(ValueState.Known, content, null, source);

    /// <summary>A value that must never be shown or written in the clear.</summary>
    public static Value<T> Sensitive<T>(T content, Provenance source)
        where T : notnull => new(ValueState.Sensitive, content, null, source);

    /// <summary>A value that is not there yet.</summary>
    /// <param name="name">The path of the missing fact, such as <c>database.endpoint</c>.</param>
    /// <param name="source">Where it was looked for.</param>
    public static Value<T> Unknown<T>(string name, Provenance source)
        where T : notnull => new(ValueState.Unknown, default, name, source);

    /// <summary>A built-in default.</summary>
    public static Value<T> Default<T>(T content, string origin)
        where T : notnull => Known(content, Provenance.Default(origin));
}
