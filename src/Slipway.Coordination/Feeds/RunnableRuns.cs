namespace Slipway.Coordination.Feeds;

/// <summary>Runs that wait for an engine.</summary>
/// <param name="RunIds">Those that can be taken up now, by priority, then the oldest first.</param>
/// <param name="NextIn">How long until the earliest lease ends among the runs looked at that somebody holds; null when nobody holds one. It may be prolonged until then.</param>
public sealed record RunnableRuns(IReadOnlyList<string> RunIds, TimeSpan? NextIn);
