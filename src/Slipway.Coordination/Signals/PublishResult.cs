using Slipway.Coordination.Diagnostics;

namespace Slipway.Coordination.Signals;

/// <summary>A signal that was published, or why it was not.</summary>
/// <param name="Signal">The signal at its position, or null when it was refused.</param>
/// <param name="Problems">Everything that is wrong with what was refused; empty when it was published.</param>
public readonly record struct PublishResult(Signal? Signal, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>True when the signal was published.</summary>
    public bool IsPublished => Signal is not null;

    internal static PublishResult Of(Signal signal) => new(signal, []);

    internal static PublishResult Refused(params IReadOnlyList<Diagnostic> problems) => new(null, problems);
}
