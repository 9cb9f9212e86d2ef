using Slipway.Coordination.Diagnostics;
using Slipway.Coordination.Gates;
using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;
using Slipway.Coordination.Runs;
using Slipway.Coordination.Signals;
using Slipway.Coordination.State;

namespace Slipway.Coordination.Board;

/// <summary>
/// Signals, state and gates of one run: a fold of its journal. What the loop decides is seen by others once it is durable; the loop itself
/// decides the next change on top of those that are not yet.
/// </summary>
internal sealed class BoardContent : IDisposable
{
    private readonly SharedState _decided;
    private readonly Lock _gate = new();
    private IDisposable? _companion;
    private bool _isDisposed;
    private long _newestSignal;

    public BoardContent(string runId, TimeProvider time, MetricsCollector? metrics = null)
    {
        CoordinationId = RunBoard.CoordinationIdOf(runId);
        Signals = new SignalHub(new SignalHubOptions { Time = time, TimeToLive = null, Metrics = metrics });
        State = new SharedState(new SharedStateOptions { Time = time, Metrics = metrics });
        Gates = new QualityGates(CoordinationId, new QualityGatesOptions { Time = time });
        _decided = new SharedState(new SharedStateOptions { Time = time });
    }

    public string CoordinationId { get; }

    public SignalHub Signals { get; }

    /// <summary>The state that is durable.</summary>
    public SharedState State { get; }

    public QualityGates Gates { get; }

    /// <summary>How many signals were published in the whole life of the run.</summary>
    public long SignalsSent => _newestSignal;

    public ValueTask WaitForRoomAsync(SignalDraft draft, CancellationToken cancellationToken) => Signals.WaitForRoomAsync(CoordinationId, draft, cancellationToken);

    public PublishResult Publish(SignalDraft draft, RunCore core)
    {
        var result = Signals.Prepare(CoordinationId, draft, _newestSignal + 1);
        if (result.Signal is not { } signal) return result;
        _newestSignal++;
        core.Emit(new SignalPublished(signal));
        core.AfterWrite(() =>
        {
            Signals.Restore(signal);
            Signals.Sent(signal);
        });
        return result;
    }

    public StateWriteResult Update(Func<SharedState, StateProposal> propose, RunCore core)
    {
        var proposal = propose(_decided);
        if (proposal.Change is not { } change) return new StateWriteResult(_decided.Version, proposal.Problem);
        var result = _decided.Apply(change);
        core.Emit(new StateChanged(change));
        core.AfterWrite(() => State.Apply(change));
        return result;
    }

    public Diagnostic? Score(string gateId, GateType type, double score, string by, RunCore core)
    {
        if (Gates.Check(gateId, score, by) is { } problem) return problem;
        var update = new GateUpdated(gateId, type, score, by, core.Now);
        core.Emit(update);
        core.AfterWrite(() => Take(update));
        return null;
    }

    /// <summary>Takes in what the journal holds of the board.</summary>
    public void Fold(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case SignalPublished published:
                _newestSignal = published.Signal.Position;
                Signals.Restore(published.Signal);
                break;
            case StateChanged changed:
                _decided.Apply(changed.Change);
                State.Apply(changed.Change);
                break;
            case GateUpdated updated:
                Take(updated);
                break;
        }
    }

    /// <summary>See <see cref="RunBoard.Companion"/>.</summary>
    public T Companion<T>(Func<T> create)
        where T : class, IDisposable
    {
        lock (_gate)
        {
            if (_isDisposed) throw new OperationCanceledException("The run is over.");
            return (T)(_companion ??= create());
        }
    }

    /// <summary>Ends subscriptions and watches; what is under way is still delivered.</summary>
    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _companion?.Dispose();
        Signals.Complete(CoordinationId);
        State.Dispose();
        _decided.Dispose();
        Gates.Clear();
    }

    private void Take(GateUpdated update) => Gates.Restore(update.GateId, update.GateType, update.Score, update.By, update.At);
}
