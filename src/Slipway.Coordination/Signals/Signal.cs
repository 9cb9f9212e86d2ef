using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Signals;

/// <summary>Something that happened in a coordination, told at its place in the order of all that was told there. Immutable.</summary>
public sealed class Signal
{
    private readonly SignalDraft _draft;
    private StrongBox<JsonElement>? _data;
    private SignalPayload? _payload;

    internal Signal(string coordinationId, SignalDraft draft, DateTimeOffset timestamp, SignalPayload? payload, long position = 0)
    {
        _draft = draft;
        _payload = payload;
        CoordinationId = coordinationId;
        Timestamp = timestamp;
        Position = position;
    }

    /// <summary>The id, the same in every process and on every replay: <c>coordination id/position</c>.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{CoordinationId}/{Position}");

    /// <summary>The coordination it belongs to.</summary>
    public string CoordinationId { get; }

    /// <summary>The place among the signals of its coordination, counted from 1 without gaps.</summary>
    public long Position { get; private set; }

    /// <summary>What it tells.</summary>
    public SignalType Type => _draft.Type;

    /// <summary>Who sent it.</summary>
    public string Sender => _draft.Sender;

    /// <summary>Whom it is for; empty for everybody.</summary>
    public IReadOnlyList<string> Recipients => _draft.Recipients;

    /// <summary>True when it is for everybody.</summary>
    public bool IsBroadcast => _draft.Recipients.Count == 0;

    /// <summary>When it was published, UTC, to the millisecond.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The data as a JSON object. Of a signal with a payload it is made at the first call.</summary>
    public JsonElement Data
    {
        get
        {
            if (_draft.Data.ValueKind is not JsonValueKind.Undefined) return _draft.Data;
            return (_data ??= new StrongBox<JsonElement>(_payload is null ? SignalJson.EmptyObject : SignalJson.ToElement(_payload))).Value;
        }
    }

    /// <summary>What the sender added: a JSON object.</summary>
    public JsonElement Metadata => _draft.Metadata.ValueKind is JsonValueKind.Undefined ? SignalJson.EmptyObject : _draft.Metadata;

    /// <summary>What several signals have in common, or null.</summary>
    public string? CorrelationId => _draft.CorrelationId;

    /// <summary>The id of the signal that this one answers, or null.</summary>
    public string? ReplyTo => _draft.ReplyTo;

    /// <summary>
    /// The payload: the one it was published with or, for the six types of the library, the one read from its data; null for other
    /// types and for data that do not fit. <see cref="As{T}"/> says why.
    /// </summary>
    public SignalPayload? Payload => _payload ??= KnownPayloads.Read(Type, _draft.Data, problems: null);

    /// <summary>
    /// The agent it tells of: <c>agent_id</c> of the data, and where there is none, the sender, unless that is <c>system</c>. Null when
    /// neither names one.
    /// </summary>
    public string? Agent => AgentInData ?? (Sender == SignalDraft.DefaultSender ? null : Sender);

    /// <summary>The moment of publishing on the monotonic clock, for the time it takes to be delivered.</summary>
    internal long PublishedAt { get; private set; }

    /// <summary>True for a signal with a payload whose JSON form nobody has asked for.</summary>
    internal bool HasNoJsonYet => _data is null && _draft.Payload is not null;

    internal string? AgentInData =>
        _payload is not null ? _payload.Agent
        : _draft.Data.ValueKind is JsonValueKind.Object && _draft.Data.TryGetProperty("agent_id", out var agent) && agent.ValueKind is JsonValueKind.String
            ? agent.GetString()
            : null;

    /// <summary>The payload as a type of the library, with all that keeps the data from being one.</summary>
    public PayloadResult<T> As<T>()
        where T : SignalPayload, ISignalPayload<T>
    {
        if (_payload is T payload) return new PayloadResult<T>(payload, []);
        return PayloadReader.Read<T>(Data);
    }

    /// <summary>The id and the type.</summary>
    public override string ToString() => $"{Id} {Type}";

    /// <summary>Only the log that the signal is published to gives it its place, before anybody else sees it.</summary>
    internal void PlaceAt(long position, long publishedAt)
    {
        Position = position;
        PublishedAt = publishedAt;
    }
}
