using System.Diagnostics.CodeAnalysis;

namespace Slipway.Coordination.State;

/// <summary>What became of a write.</summary>
/// <param name="Version">The version that the write made, or, when nothing was written, the version of the state that it met.</param>
/// <param name="Problem">Why nothing was written; null when it was, or when there was nothing to write.</param>
public readonly record struct StateWriteResult(long Version, StateProblem? Problem = null)
{
    /// <summary>False when the write was refused; nothing has changed then.</summary>
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsAccepted => Problem is null;
}
