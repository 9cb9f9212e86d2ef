namespace Slipway.Coordination.Routing;

/// <summary>What one router said, and what became of it.</summary>
/// <param name="Name">The router.</param>
/// <param name="Strategy">Its kind.</param>
/// <param name="Priority">The weight of its proposals.</param>
/// <param name="Answer">What it said; null when it failed.</param>
/// <param name="Standing">What became of it.</param>
/// <param name="Problem">How it failed; null when it did not.</param>
public readonly record struct RouterVerdict(string Name, RoutingStrategy Strategy, int Priority, RouterAnswer? Answer, RouterStanding Standing, string? Problem)
{
    /// <summary>Confidence × priority; 0 when it failed.</summary>
    public double Score => Answer is null ? 0 : Answer.Result.Confidence * Priority;
}
