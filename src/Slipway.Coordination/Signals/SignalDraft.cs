using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Signals;

/// <summary>A signal as its sender wants it, before it has a position and a time. It is checked when it is published.</summary>
public sealed record SignalDraft
{
    /// <summary>The sender of a signal that names none.</summary>
    public const string DefaultSender = "system";

    /// <summary>A signal of any type with data of your own.</summary>
    /// <param name="type">What it tells. For the six types of the library, the data must fit the payload of that type.</param>
    /// <param name="data">A JSON object; nothing stands for an empty one.</param>
    public SignalDraft(SignalType type, JsonElement data = default)
    {
        Type = type;
        Data = Kept(data);
    }

    /// <summary>A signal with one of the library's payloads; its JSON form is made only when somebody asks for it.</summary>
    public SignalDraft(SignalPayload payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        Type = payload.Type;
        Payload = payload;
    }

    /// <summary>What it tells.</summary>
    public SignalType Type { get; }

    /// <summary>The payload it was made from, or null when it was made from JSON.</summary>
    public SignalPayload? Payload { get; }

    /// <summary>The JSON it was made from; undefined when there was none.</summary>
    public JsonElement Data { get; }

    /// <summary>Who sends it, 1 to 100 characters. Default: <c>system</c>.</summary>
    public string Sender { get; init; } = DefaultSender;

    /// <summary>Whom it is for, each 1 to 100 characters, at most 1,000; empty for everybody. Default: empty.</summary>
    public IReadOnlyList<string> Recipients { get; init => field = value is { Count: > 0 } ? [.. value] : []; } = [];

    /// <summary>What the sender adds for tracing and the like: a JSON object. Default: undefined, which stands for an empty one.</summary>
    public JsonElement Metadata { get; init => field = Kept(value); }

    /// <summary>What several signals have in common, up to 200 characters, or null. Default: null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The id of the signal that this one answers, or null. Default: null.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>A signal of your own type with a typed value, written by a serializer that needs no reflection.</summary>
    /// <param name="type">What it tells.</param>
    /// <param name="value">The data; it must become a JSON object.</param>
    /// <param name="typeInfo">From a source-generated context.</param>
    public static SignalDraft From<T>(SignalType type, T value, JsonTypeInfo<T> typeInfo) => new(type, JsonSerializer.SerializeToElement(value, typeInfo));

    /// <summary>A document may be disposed while its signal lives on.</summary>
    internal static JsonElement Kept(JsonElement json) => json.ValueKind is JsonValueKind.Undefined ? default : json.Clone();
}
