using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Board;

/// <summary>Folds what the agents of a run shared out of its journal, where they shared anything.</summary>
internal sealed class BoardFold(string runId, TimeProvider time)
{
    /// <summary>What they shared; null when nothing.</summary>
    public BoardContent? Content { get; private set; }

    public void Fold(RunEvent runEvent)
    {
        if (runEvent is SignalPublished or StateChanged or GateUpdated) (Content ??= new BoardContent(runId, time)).Fold(runEvent);
    }
}
