namespace Slipway.Coordination.Feeds;

/// <summary>A wish that whoever holds a run fulfils.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Kind">What is to happen.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record StopRequest(string RunId, StopRequestKind Kind, string Reason);
