using Slipway.Coordination.Journal;

namespace Slipway.Coordination.State;

/// <summary>
/// All that one version changed: what a journal or a store records, and what brings another copy of the state to the same version.
/// A key occurs once at most.
/// </summary>
public sealed class StateChange
{
    /// <summary>The version that the change makes, one more than the version it was made from.</summary>
    public required long Version { get; init; }

    /// <summary>What kind of change.</summary>
    public required StateOperation Operation { get; init; }

    /// <summary>When it was made: UTC, to the millisecond.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Who made it, 1 to 200 characters; null when nobody said.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>What became of each key, in the order of the batch, by key for a clear or a rollback; empty when the version differs in nothing but its number.</summary>
    public required IReadOnlyList<StateWrite> Writes { get; init; }

    /// <summary>What the change was computed from: while that is current, the old values need no second look. Forgotten once it was applied.</summary>
    internal StateSnapshot? Origin { get; set; }

    internal static StateChange After(
        StateSnapshot origin, TimeProvider time, StateOperation operation, IReadOnlyList<StateWrite> writes, string? changedBy) => new()
        {
            Version = origin.Version + 1,
            Operation = operation,
            Timestamp = JournalTime.Now(time),
            ChangedBy = changedBy,
            Writes = writes,
            Origin = origin,
        };

    internal static StateOperation OperationOf(StateWrite write) => write.NewValue is null ? StateOperation.Delete : StateOperation.Set;

    /// <summary>The change with the old values of the version that it is applied to.</summary>
    internal StateChange BasedOn(StateSnapshot before)
    {
        if (ReferenceEquals(Origin, before))
        {
            Origin = null;
            return this;
        }

        StateNames.CheckChangedBy(ChangedBy);
        var writes = new StateWrite[Writes.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            var (key, _, value) = Writes[i];
            StateNames.CheckKey(key);
            writes[i] = new StateWrite(key, before.Get(key), value is { } given ? StateNames.Keep(given) : null);
        }

        return new StateChange { Version = Version, Operation = Operation, Timestamp = Timestamp, ChangedBy = ChangedBy, Writes = writes };
    }

    internal StateChangeRecord RecordOf(StateWrite write) => new()
    {
        Timestamp = Timestamp,
        Version = Version,
        Key = write.Key,
        Operation = Operation,
        OldValue = write.OldValue,
        NewValue = write.NewValue,
        ChangedBy = ChangedBy,
    };
}
