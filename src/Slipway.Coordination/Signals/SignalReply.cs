using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Signals;

/// <summary>What came of a request.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Request">The request as it was published; null when it was refused.</param>
/// <param name="Reply">The first answer; null when there is none.</param>
/// <param name="Problems">Why the request was refused; otherwise empty.</param>
public sealed record SignalReply(SignalReplyStatus Status, Signal? Request, Signal? Reply, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>True when there is an answer.</summary>
    public bool IsAnswered => Reply is not null;
}
