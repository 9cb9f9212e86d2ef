using System.Diagnostics.CodeAnalysis;

namespace Slipway.Platform;

/// <summary>A value with what is known of it and where it came from. Unknown and sensitive survive through generation.</summary>
/// <typeparam name="T">The type of the content.</typeparam>
public sealed record Value<T>
    where T : notnull
{
    private readonly T? _content;

    internal Value(ValueState state, T? content, string? unknownName, Provenance source)
    {
        State = state;
        _content = content;
        UnknownName = unknownName;
        Source = source;
    }

    /// <summary>Known, sensitive or unknown.</summary>
    public ValueState State { get; }

    /// <summary>Where the value came from.</summary>
    public Provenance Source { get; }

    /// <summary>The path of the fact that is missing, such as <c>database.endpoint</c>; null unless unknown.</summary>
    public string? UnknownName { get; }

    /// <summary>True when there is no content.</summary>
    public bool IsUnknown => State == ValueState.Unknown;

    /// <summary>True when the content must not be shown.</summary>
    public bool IsSensitive => State == ValueState.Sensitive;

    /// <summary>The content, known or sensitive.</summary>
    /// <exception cref="InvalidOperationException">The value is unknown.</exception>
    public T Content => State == ValueState.Unknown
        ? throw new InvalidOperationException($"The value '{UnknownName}' is unknown.")
        : _content!;

    /// <summary>Gets the content unless the value is unknown.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T content)
    {
        content = _content;
        return State != ValueState.Unknown;
    }

    /// <summary>Computes a value from this one; unknown and sensitive stay what they are, and so does the source.</summary>
    /// <param name="map">Applied to the content when there is one.</param>
    public Value<TResult> Map<TResult>(Func<T, TResult> map)
        where TResult : notnull
        => IsUnknown
            ? new Value<TResult>(ValueState.Unknown, default, UnknownName, Source)
            : new Value<TResult>(State, map(_content!), null, Source);

    /// <summary>The content as text for people; a sensitive one is masked, an unknown one named.</summary>
    public override string ToString() => State switch
    {
        ValueState.Sensitive => "(sensitive)",
        ValueState.Unknown => $"(unknown: {UnknownName})",
        _ => _content!.ToString() ?? "",
    };
}
