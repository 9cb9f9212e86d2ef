using Slipway.Coordination.Journal;

namespace Slipway.Coordination.Tests.Runs.Model;

/// <summary>How a run stood when it had ended.</summary>
/// <param name="Events">All that was journaled until then.</param>
/// <param name="IsCancelled">Whether somebody cancelled it before it ended.</param>
internal sealed record ModelEnd(IReadOnlyList<RunEvent> Events, bool IsCancelled);
