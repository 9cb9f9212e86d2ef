namespace Slipway.Storage.Sqlite.Reading;

/// <summary>What decides whether a run may go.</summary>
/// <param name="RunId">The run.</param>
/// <param name="NewestAt">The time of its newest event, or of its creation when it has none.</param>
/// <param name="NewestType">The type of its newest event, null when it has none.</param>
internal sealed record RunAge(string RunId, DateTimeOffset NewestAt, string? NewestType)
{
    private const string FinishedType = "run_finished";

    /// <summary>Whether nothing is left to do; of a run without events nothing ever began.</summary>
    public bool IsFinished => NewestType is null or FinishedType;
}
