namespace Slipway.Coordination.Journal;

/// <summary>An append was refused because another writer owns the run or has appended meanwhile. Nothing was appended.</summary>
/// <param name="runId">The run.</param>
/// <param name="message">What was expected and what was found.</param>
public sealed class JournalConflictException(string runId, string message) : Exception(message)
{
    /// <summary>The run.</summary>
    public string RunId { get; } = runId;
}
