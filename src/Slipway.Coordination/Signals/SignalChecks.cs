using System.Runtime.InteropServices;
using System.Text.Json;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Signals.Payloads;

namespace Slipway.Coordination.Signals;

/// <summary>Finds all that is wrong with a draft. A sound one costs no allocation.</summary>
internal sealed class SignalChecks(SignalHubOptions options)
{
    public const int LongestName = 100;
    public const int LongestReference = 200;
    private const int MostRecipients = 1_000;

    private readonly HashSet<SignalType>? _knownTypes = options.KnownTypes is { } types ? [.. SignalType.WellKnown, .. types] : null;
    private readonly long _mostBytes = options.MaxSignalBytes;

    /// <summary>Checks a draft.</summary>
    /// <param name="coordinationId">Where it is to be published.</param>
    /// <param name="draft">What is to be published.</param>
    /// <param name="payload">The draft's payload, given or read from its data.</param>
    /// <returns>Null when nothing is wrong.</returns>
    public List<Diagnostic>? Find(string coordinationId, SignalDraft draft, out SignalPayload? payload)
    {
        List<Diagnostic>? problems = null;
        if (!IsName(coordinationId)) Add(SignalProblems.BadCoordinationId());
        if (!draft.Type.IsWellFormed) Add(SignalProblems.BadType(draft.Type.Name));
        else if (_knownTypes?.Contains(draft.Type) == false) Add(SignalProblems.UnknownType(draft.Type, _knownTypes));
        if (!IsName(draft.Sender)) Add(SignalProblems.BadAgent("sender", draft.Sender));
        if (draft.Recipients.Count > MostRecipients) Add(SignalProblems.TooManyRecipients(draft.Recipients.Count, MostRecipients));
        for (var i = 0; i < draft.Recipients.Count; i++)
        {
            if (!IsName(draft.Recipients[i])) Add(SignalProblems.BadAgent("recipient", draft.Recipients[i]));
        }

        if (!SignalJson.IsObjectOrNothing(draft.Metadata)) Add(SignalProblems.NotAnObject("metadata"));
        else if (!SignalPriority.IsUsable(draft.Metadata)) Add(SignalProblems.BadPriority());
        if (draft.CorrelationId is { Length: 0 or > LongestReference }) Add(SignalProblems.BadReference("correlation_id", LongestReference));
        if (draft.ReplyTo is { Length: 0 or > LongestReference }) Add(SignalProblems.BadReference("reply_to", LongestReference));
        payload = draft.Payload;
        var size = SizeOf(draft.Metadata) + SizeOf(draft.Data);
        if (payload is not null)
        {
            var check = PayloadCheck.Of(payload);
            size += check.Size;
            foreach (var problem in check.Problems) Add(problem);
        }
        else if (!SignalJson.IsObjectOrNothing(draft.Data))
        {
            Add(SignalProblems.NotAnObject("event_data"));
        }
        else
        {
            var found = new List<Diagnostic>();
            payload = KnownPayloads.Read(draft.Type, draft.Data, found);
            found.ForEach(Add);
        }

        if (size > _mostBytes) Add(SignalProblems.TooLarge(size, _mostBytes));
        return problems;

        void Add(Diagnostic problem) => (problems ??= []).Add(problem);
    }

    public static bool IsName(string? name)
    {
        if (name is not { Length: > 0 and <= LongestName }) return false;
        foreach (var character in name)
        {
            if (char.IsControl(character)) return false;
        }

        return true;
    }

    private static long SizeOf(JsonElement json) => json.ValueKind is JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(json).Length;
}
