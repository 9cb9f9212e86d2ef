using System.Buffers;
using System.Text.Json;
using Slipway.Coordination.Failures;
using Slipway.Coordination.Plans;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Serialization;

namespace Slipway.Coordination.Journal;

/// <summary>
/// The versioned JSON form of events: stable names, no CLR type names, no culture-dependent text. Properties that are null, empty or
/// false are left out; unknown properties are passed over.
/// </summary>
public static class RunEventJson
{
    /// <summary>The version of the payload format; it grows only when a reader of the older one would misread.</summary>
    public const int FormatVersion = 1;

    /// <summary>The names of all events, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "run_started", "run_resumed", "run_paused", "run_finished", "rollback_started",
        "step_ready", "step_started", "step_heartbeat", "step_succeeded", "step_failed", "step_retrying", "step_interrupted",
        "step_suspended", "step_skipped", "step_blocked", "step_cancelled", "step_recovering", "step_corrected", "steps_added", "sub_run_started",
        "lock_waiting", "lock_acquired", "lock_released",
        "approval_requested", "approval_decided",
        "compensation_recorded", "compensation_succeeded", "compensation_failed",
        "signal_published", "state_changed", "gate_updated",
    ];

    /// <summary>Writes one event as a UTF-8 JSON object that begins with its <c>type</c>.</summary>
    public static void Write(IBufferWriter<byte> output, RunEvent runEvent)
    {
        using var writer = new Utf8JsonWriter(output, JsonFields.WriterOptions);
        Write(writer, runEvent);
    }

    /// <summary>Writes one event as a JSON object that begins with its <c>type</c>.</summary>
    public static void Write(Utf8JsonWriter writer, RunEvent runEvent)
    {
        writer.WriteStartObject();
        WriteProperties(writer, runEvent);
        writer.WriteEndObject();
    }

    /// <summary>Writes one line of an event stream: <c>seq</c>, <c>at</c> (ISO 8601, UTC, milliseconds) and the event's own properties.</summary>
    public static void Write(Utf8JsonWriter writer, JournalEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("seq", entry.Sequence);
        writer.WriteString("at", JsonFields.Time(entry.At));
        WriteProperties(writer, entry.Event);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(IBufferWriter{byte}, RunEvent)"/> wrote.</summary>
    /// <exception cref="JsonException">It is no event, or one of a newer format.</exception>
    public static RunEvent Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, JsonFields.ReaderOptions);
        return ReadEvent(document.RootElement);
    }

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static RunEvent Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonFields.DeepestNesting });
        using var document = JsonDocument.ParseValue(ref reader);
        return ReadEvent(document.RootElement);
    }

    private static void WriteProperties(Utf8JsonWriter writer, RunEvent runEvent)
    {
        writer.WriteString("type", runEvent.Type);
        if (runEvent is StepEvent stepEvent) writer.WriteString("step", stepEvent.StepId);
        switch (runEvent)
        {
            case RunStarted started:
                writer.WriteNumber("format", FormatVersion);
                writer.WriteString("run", started.RunId);
                if (started.Priority != 50) writer.WriteNumber("priority", started.Priority);
                if (started.DeadlineAt is { } deadline) writer.WriteString("deadline_at", JsonFields.Time(deadline));
                if (started.Parent is { } parent)
                {
                    writer.WriteString("parent_run", parent.RunId);
                    writer.WriteString("parent_step", parent.StepId);
                }

                writer.WriteString("plan_hash", started.Plan.ComputeContentHash());
                writer.WritePropertyName("plan");
                PlanJson.Write(writer, started.Plan);
                break;
            case RunResumed resumed:
                writer.WriteNumber("format", FormatVersion);
                writer.WriteString("owner", resumed.Owner);
                if (resumed.DeadlineAt is { } extended) writer.WriteString("deadline_at", JsonFields.Time(extended));
                break;
            case RunPaused paused:
                writer.WriteString("reason", paused.Reason);
                if (paused.IsReleased) writer.WriteBoolean("released", value: true);
                break;
            case RunFinished finished:
                writer.WriteString("status", RunNames.Of(finished.Status));
                break;
            case StepStarted started:
                writer.WriteNumber("attempt", started.Attempt);
                if (started.IsVerification) writer.WriteBoolean("verification", value: true);
                break;
            case StepHeartbeat heartbeat:
                writer.WriteNumber("attempt", heartbeat.Attempt);
                if (heartbeat.Message is { } message) writer.WriteString("message", message);
                if (heartbeat.Fraction is { } fraction) writer.WriteNumber("fraction", fraction);
                break;
            case StepSucceeded succeeded:
                writer.WriteNumber("attempt", succeeded.Attempt);
                if (succeeded.IsDegraded) writer.WriteBoolean("degraded", value: true);
                JsonFields.WriteElement(writer, "output", succeeded.Output);
                break;
            case StepFailed failed:
                writer.WriteNumber("attempt", failed.Attempt);
                WriteFailure(writer, failed.Failure);
                break;
            case StepRetrying retrying:
                writer.WriteNumber("attempt", retrying.Attempt);
                WriteFailure(writer, retrying.Failure);
                writer.WriteNumber("delay_ms", JsonFields.Milliseconds(retrying.Delay));
                break;
            case StepInterrupted interrupted:
                writer.WriteNumber("attempt", interrupted.Attempt);
                writer.WriteString("reason", interrupted.Reason);
                break;
            case StepSuspended suspended:
                writer.WriteNumber("attempt", suspended.Attempt);
                writer.WriteString("reason", suspended.Reason);
                break;
            case StepSkipped skipped:
                writer.WriteNumber("attempt", skipped.Attempt);
                writer.WriteString("reason", skipped.Reason);
                break;
            case StepBlocked blocked:
                writer.WriteString("by", blocked.By);
                break;
            case StepCancelled cancelled:
                writer.WriteString("reason", cancelled.Reason);
                if (cancelled.By is { } by) writer.WriteString("by", by);
                break;
            case LockAcquired acquired:
                JsonFields.WriteTexts(writer, "resources", acquired.Resources);
                writer.WriteNumber("token", acquired.FencingToken);
                break;
            case LockWaiting waiting:
                writer.WriteString("resource", waiting.Resource);
                writer.WriteString("holder_run", waiting.HolderRun);
                writer.WriteString("holder_step", waiting.HolderStep);
                break;
            case LockReleased released:
                JsonFields.WriteTexts(writer, "resources", released.Resources);
                break;
            case RollbackStarted rollback:
                writer.WriteString("run", rollback.RunId);
                writer.WriteString("reason", rollback.Reason);
                break;
            case StepsAdded added:
                WorldEventJson.Write(writer, added);
                break;
            case SubRunStarted subRun:
                writer.WriteNumber("attempt", subRun.Attempt);
                writer.WriteString("run", subRun.RunId);
                break;
            case StepRecovering recovering:
                WorldEventJson.Write(writer, recovering);
                break;
            case StepCorrected corrected:
                WorldEventJson.Write(writer, corrected);
                break;
            case CompensationRecorded recorded:
                WorldEventJson.Write(writer, recorded);
                break;
            case CompensationFailed uncompensated:
                WriteFailure(writer, uncompensated.Failure);
                break;
            case SignalPublished published:
                BoardEventJson.Write(writer, published);
                break;
            case StateChanged changed:
                BoardEventJson.Write(writer, changed);
                break;
            case GateUpdated updated:
                BoardEventJson.Write(writer, updated);
                break;
            case ApprovalRequested requested:
                ApprovalEventJson.Write(writer, requested);
                break;
            case ApprovalDecided decided:
                ApprovalEventJson.Write(writer, decided);
                break;
            case StepReady or CompensationSucceeded:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(runEvent), runEvent.Type, "The set of events is closed.");
        }
    }

    private static RunEvent ReadEvent(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object) throw new JsonException("An event is a JSON object.");
        try
        {
            return ReadEvent(json, JsonFields.Text(json, "type"));
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException)
        {
            throw new JsonException($"A property of the event has the wrong type: {exception.Message}", exception);
        }
    }

    private static RunEvent ReadEvent(JsonElement json, string type) => type switch
    {
        "run_started" => ReadRunStarted(json),
        "run_resumed" => ReadRunResumed(json),
        "run_paused" => new RunPaused(JsonFields.Text(json, "reason")) { IsReleased = JsonFields.Flag(json, "released") },
        "run_finished" => new RunFinished(RunNames.ToRunStatus(JsonFields.Text(json, "status"))),
        "step_ready" => new StepReady(StepId(json)),
        "step_started" => new StepStarted(
            StepId(json), Attempt(json), JsonFields.Flag(json, "verification")),
        "step_heartbeat" => new StepHeartbeat(
            StepId(json), Attempt(json), JsonFields.OptionalText(json, "message"), json.TryGetProperty("fraction", out var fraction) ? fraction.GetDouble() : null),
        "step_succeeded" => new StepSucceeded(
            StepId(json), Attempt(json), JsonFields.ReadElement(json, "output"), JsonFields.Flag(json, "degraded")),
        "step_failed" => new StepFailed(StepId(json), Attempt(json), ReadFailure(json)),
        "step_retrying" => new StepRetrying(
            StepId(json), Attempt(json), ReadFailure(json), JsonFields.Duration(JsonFields.Required(json, "delay_ms"))),
        "step_interrupted" => new StepInterrupted(StepId(json), Attempt(json), JsonFields.Text(json, "reason")),
        "step_suspended" => new StepSuspended(StepId(json), Attempt(json), JsonFields.Text(json, "reason")),
        "step_skipped" => new StepSkipped(StepId(json), Attempt(json), JsonFields.Text(json, "reason")),
        "step_blocked" => new StepBlocked(StepId(json), JsonFields.Text(json, "by")),
        "step_cancelled" => new StepCancelled(StepId(json), JsonFields.Text(json, "reason"), JsonFields.OptionalText(json, "by")),
        "lock_acquired" => new LockAcquired(
            StepId(json), JsonFields.ReadTexts(json, "resources"), json.TryGetProperty("token", out var token) ? token.GetInt64() : 0),
        "lock_waiting" => new LockWaiting(
            StepId(json), JsonFields.Text(json, "resource"), JsonFields.Text(json, "holder_run"), JsonFields.Text(json, "holder_step")),
        "lock_released" => new LockReleased(StepId(json), JsonFields.ReadTexts(json, "resources")),
        "rollback_started" => new RollbackStarted(JsonFields.Text(json, "run"), JsonFields.Text(json, "reason")),
        "steps_added" => WorldEventJson.ReadStepsAdded(json, StepId(json)),
        "sub_run_started" => new SubRunStarted(StepId(json), Attempt(json), JsonFields.Text(json, "run")),
        "step_recovering" => WorldEventJson.ReadRecovering(json, StepId(json)),
        "step_corrected" => WorldEventJson.ReadCorrected(json, StepId(json)),
        "compensation_recorded" => WorldEventJson.ReadRecorded(json, StepId(json)),
        "compensation_succeeded" => new CompensationSucceeded(StepId(json)),
        "compensation_failed" => new CompensationFailed(StepId(json), ReadFailure(json)),
        "signal_published" => BoardEventJson.ReadSignal(json),
        "state_changed" => BoardEventJson.ReadState(json),
        "gate_updated" => BoardEventJson.ReadGate(json),
        "approval_requested" => ApprovalEventJson.ReadRequested(json, StepId(json)),
        "approval_decided" => ApprovalEventJson.ReadDecided(json, StepId(json)),
        _ => throw new JsonException($"'{type}' is no event of format {FormatVersion}; a newer version of the program may have written it."),
    };

    private static RunStarted ReadRunStarted(JsonElement json)
    {
        CheckFormat(json);
        return new RunStarted(JsonFields.Text(json, "run"), PlanJson.Read(JsonFields.Required(json, "plan")))
        {
            Priority = json.TryGetProperty("priority", out var priority) ? priority.GetInt32() : 50,
            DeadlineAt = JsonFields.OptionalTime(json, "deadline_at"),
            Parent = json.TryGetProperty("parent_run", out var parent) ? new ParentStep(parent.GetString()!, JsonFields.Text(json, "parent_step")) : null,
        };
    }

    private static RunResumed ReadRunResumed(JsonElement json)
    {
        CheckFormat(json);
        return new RunResumed(JsonFields.Text(json, "owner")) { DeadlineAt = JsonFields.OptionalTime(json, "deadline_at") };
    }

    private static void CheckFormat(JsonElement json)
    {
        var format = JsonFields.Required(json, "format").GetInt32();
        if (format > FormatVersion)
            throw new JsonException($"The run is written in format {format}; this version of the program reads up to format {FormatVersion}.");
    }

    private static string StepId(JsonElement json) => JsonFields.Text(json, "step");

    internal static int Attempt(JsonElement json) => JsonFields.Required(json, "attempt").GetInt32();

    internal static void WriteFailure(Utf8JsonWriter writer, Failure failure)
    {
        writer.WriteStartObject("failure");
        writer.WriteString("code", failure.Code);
        writer.WriteString("kind", RunNames.Of(failure.Kind));
        writer.WriteString("message", failure.Message);
        if (failure.Detail is { } detail) writer.WriteString("detail", detail);
        if (failure.RetryAfter is { } retryAfter) writer.WriteNumber("retry_after_ms", JsonFields.Milliseconds(retryAfter));
        if (failure.Source is { } source) writer.WriteString("source", source);
        writer.WriteEndObject();
    }

    internal static Failure ReadFailure(JsonElement json)
    {
        var failure = JsonFields.Required(json, "failure");
        return new Failure
        {
            Code = JsonFields.Text(failure, "code"),
            Kind = RunNames.ToFailureKind(JsonFields.Text(failure, "kind")),
            Message = JsonFields.Text(failure, "message"),
            Detail = JsonFields.OptionalText(failure, "detail"),
            RetryAfter = failure.TryGetProperty("retry_after_ms", out var retryAfter) ? JsonFields.Duration(retryAfter) : null,
            Source = JsonFields.OptionalText(failure, "source"),
        };
    }
}
