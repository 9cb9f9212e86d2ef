using Slipway.Coordination.Journal;
using Slipway.Coordination.Metrics;

namespace Slipway.Coordination.Board;

/// <summary>Folds what the agents of a run shared out of its journal, where they shared anything.</summary>
internal sealed class BoardFold(string runId, TimeProvider time, MetricsCollector? metrics = null)
{
    /// <summary>What they shared; null when nothing.</summary>
    public BoardContent? Content { get; private set; }

    public void Fold(RunEvent runEvent)
    {
        if (runEvent is SignalPublished or StateChanged or GateUpdated) (Content ??= new BoardContent(runId, time, metrics)).Fold(runEvent);
    }
}
