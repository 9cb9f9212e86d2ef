using System.Text.Json;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Board;

/// <summary>
/// What the agents of a run told each other and shared, as its journal holds it, whether or not the run goes on. It does not change: load it
/// again to see what came since.
/// </summary>
public sealed class RecordedBoard
{
    private readonly BoardContent _content;

    private RecordedBoard(string runId, BoardContent content)
    {
        RunId = runId;
        _content = content;
        State = content.State.Snapshot();
        Gates = content.Gates.EvaluateAll();
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>How many signals were published, also those that are no longer kept.</summary>
    public long SignalCount => _content.Signals.GetLastPosition(_content.CoordinationId);

    /// <summary>The state.</summary>
    public StateSnapshot State { get; }

    /// <summary>The quality gates with their newest scores, held against the default threshold: what a gate asks for is not journaled.</summary>
    public IReadOnlyList<GateEvaluation> Gates { get; }

    /// <summary>Reads the board of a run from its journal.</summary>
    /// <returns>The board, an empty one where nothing was shared; null when there is no such run.</returns>
    /// <exception cref="JsonException">The events are not readable.</exception>
    public static async ValueTask<RecordedBoard?> LoadAsync(IRunJournal journal, string runId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(runId);
        var fold = new BoardFold(runId, TimeProvider.System);
        var isKnown = false;
        await foreach (var entry in journal.ReadAsync(runId, 0, cancellationToken).ConfigureAwait(false))
        {
            isKnown = true;
            fold.Fold(entry.Event);
        }

        return isKnown ? new RecordedBoard(runId, fold.Content ?? new BoardContent(runId, TimeProvider.System)) : null;
    }

    /// <summary>The signals that are kept.</summary>
    /// <param name="query">Which, in which order; null for all, newest first.</param>
    public IReadOnlyList<Signal> GetSignals(SignalHistoryQuery? query = null) => _content.Signals.GetHistory(_content.CoordinationId, query);

    /// <summary>The changes of the state that are kept, newest first.</summary>
    /// <param name="key">Only those of this key; null for all.</param>
    /// <param name="limit">At most so many; null for all.</param>
    public IReadOnlyList<StateChangeRecord> GetStateHistory(string? key = null, int? limit = null) => _content.State.History(key, limit);

    /// <summary>The scores of a gate that are kept, newest first.</summary>
    /// <param name="gateId">The gate.</param>
    /// <param name="limit">At most so many; null for all.</param>
    public GateHistory GetGateHistory(string gateId, int? limit = null) => _content.Gates.History(gateId, limit);
}
