namespace Slipway.Storage.Sqlite;

/// <summary>What a pruning did.</summary>
/// <param name="RemovedRuns">The runs that are gone, newest first.</param>
/// <param name="FreedBytes">How much smaller the database file became.</param>
public sealed record PruneResult(IReadOnlyList<string> RemovedRuns, long FreedBytes);
