using System.Security.Cryptography;
using System.Text;
using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Board;

/// <summary>
/// What the agents of a run tell each other and share: signals, state and quality gates. Whatever is written is journaled with the run
/// before anybody sees it, and is there again when the run is resumed, in this process or another. It ends with the run.
/// </summary>
public sealed class RunBoard
{
    private const int LongestCoordinationId = 100;

    private readonly RunLoop _loop;
    private readonly BoardContent _content;

    internal RunBoard(RunLoop loop, BoardContent content)
    {
        _loop = loop;
        _content = content;
    }

    /// <summary>The coordination id of the run's signals: the run's id, cut and told apart by a hash where that is longer than 100 characters.</summary>
    public string CoordinationId => _content.CoordinationId;

    /// <summary>The state as it stands. It does not change; ask again for a newer one.</summary>
    public StateSnapshot State => _content.State.Snapshot();

    /// <summary>Publishes a signal. It waits while a subscriber that may not miss it has to catch up.</summary>
    /// <param name="draft">The signal.</param>
    /// <param name="cancellationToken">Ends the wait for subscribers; then the signal was not published.</param>
    /// <exception cref="OperationCanceledException">The run is over.</exception>
    public async Task<PublishResult> PublishAsync(SignalDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        await _content.WaitForRoomAsync(draft, cancellationToken).ConfigureAwait(false);
        return await _loop.AskAsync(() => _content.Publish(draft, _loop.Core)).ConfigureAwait(false);
    }

    /// <summary>Subscribes to the run's signals, from any position that is kept.</summary>
    /// <param name="options">Which, from where, and what happens to who is slow; null for all from now on.</param>
    public SignalSubscription Subscribe(SignalSubscriptionOptions? options = null) => _content.Signals.Subscribe(CoordinationId, options);

    /// <summary>The signals that are kept.</summary>
    /// <param name="query">Which, in which order; null for all, newest first.</param>
    public IReadOnlyList<Signal> GetSignals(SignalHistoryQuery? query = null) => _content.Signals.GetHistory(CoordinationId, query);

    /// <summary>Changes the state: all of the batch, as one version, or nothing where it expects what is no longer so.</summary>
    /// <param name="batch">What to set and delete.</param>
    /// <param name="changedBy">Who does it; null not to say.</param>
    /// <exception cref="OperationCanceledException">The run is over.</exception>
    public Task<StateWriteResult> UpdateStateAsync(StateBatch batch, string? changedBy = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return _loop.AskAsync(() => _content.Update(state => state.Propose(batch, changedBy), _loop.Core));
    }

    /// <summary>Takes the state back to a version that is kept, as a new version.</summary>
    /// <param name="version">The version, 0 for the empty state.</param>
    /// <param name="changedBy">Who does it; null not to say.</param>
    /// <exception cref="OperationCanceledException">The run is over.</exception>
    public Task<StateWriteResult> RollBackStateAsync(long version, string? changedBy = null) =>
        _loop.AskAsync(() => _content.Update(state => state.ProposeRollback(version, changedBy), _loop.Core));

    /// <summary>Watches the state.</summary>
    /// <param name="options">What, and from which version; null for all that is written from now on.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public IAsyncEnumerable<StateChangeRecord> WatchState(StateWatchOptions? options = null, CancellationToken cancellationToken = default) =>
        _content.State.Watch(options, cancellationToken);

    /// <summary>The changes of the state that are kept, newest first.</summary>
    /// <param name="key">Only those of this key; null for all.</param>
    /// <param name="limit">At most so many; null for all.</param>
    public IReadOnlyList<StateChangeRecord> GetStateHistory(string? key = null, int? limit = null) => _content.State.History(key, limit);

    /// <summary>Gives a quality gate a score and wakes who waits for it.</summary>
    /// <param name="gateId">The gate; one that nobody defined has the default threshold.</param>
    /// <param name="score">The score.</param>
    /// <param name="by">Who gives it.</param>
    /// <param name="type">The type of a gate that is not known yet.</param>
    /// <exception cref="OperationCanceledException">The run is over.</exception>
    /// <returns>How the gate stands then, or why the score was refused.</returns>
    public async Task<GateUpdate> UpdateGateAsync(string gateId, double score, string by, GateType type = default)
    {
        var problem = await _loop.AskAsync(() => _content.Score(gateId, type, score, by, _loop.Core)).ConfigureAwait(false);
        return problem is null ? new GateUpdate(_content.Gates.Evaluate(gateId), null) : new GateUpdate(null, problem);
    }

    /// <summary>Says what a gate asks for. It is not journaled: define gates whenever the run begins or goes on.</summary>
    /// <returns>All problems; none when it is defined.</returns>
    public IReadOnlyList<Diagnostic> DefineGate(QualityGate gate) => _content.Gates.Define(gate);

    /// <summary>How a gate stands. One that nobody knows, or without a score, has not passed.</summary>
    /// <param name="gateId">The gate.</param>
    /// <param name="threshold">What to hold it against; null for its own threshold.</param>
    public GateEvaluation EvaluateGate(string gateId, double? threshold = null) => _content.Gates.Evaluate(gateId, threshold);

    /// <summary>Waits until a gate has passed.</summary>
    /// <param name="gateId">The gate.</param>
    /// <param name="threshold">What to hold it against; null for its own threshold.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<GateEvaluation> WaitForGateAsync(string gateId, double? threshold = null, CancellationToken cancellationToken = default) =>
        _content.Gates.WaitAsync(gateId, threshold, cancellationToken);

    internal SignalHub Signals => _content.Signals;

    internal QualityGates Gates => _content.Gates;

    /// <summary>What goes with the run in this process beside the board: made when first asked for, disposed of with the board.</summary>
    /// <exception cref="OperationCanceledException">The run is over.</exception>
    internal T Companion<T>(Func<T> create)
        where T : class, IDisposable => _content.Companion(create);

    internal static string CoordinationIdOf(string runId)
    {
        if (runId.Length <= LongestCoordinationId) return runId;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runId)))[..32];
        return $"{new string([.. runId.Where(char.IsAscii).Take(LongestCoordinationId - 33)])}~{hash}";
    }
}
